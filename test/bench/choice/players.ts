import type { Job, Result } from "./job.ts"

/** Plays jobs on all cores; the results are in the order of the jobs. */
export async function playAll(
  jobs: readonly Job[],
  done: (count: number) => void,
): Promise<Result[]> {
  const results: Result[][] = []
  let next = 0
  let count = 0
  const workers = Array.from(
    { length: Math.min(jobs.length, navigator.hardwareConcurrency) },
    () => new Worker(new URL("./player.ts", import.meta.url).href),
  )
  await Promise.all(
    workers.map(async (worker) => {
      for (let at = next++; at < jobs.length; at = next++) {
        results[at] = await answerTo(worker, jobs[at])
        done(++count)
      }
      worker.terminate()
    }),
  )
  return results.flat()
}

function answerTo(worker: Worker, job: Job | undefined): Promise<Result[]> {
  return new Promise((resolve, reject) => {
    worker.onmessage = ({ data }: MessageEvent<Result[]>) => resolve(data)
    worker.onerror = (event) => reject(new Error(event.message))
    worker.postMessage(job)
  })
}
