import { type Job, playJob } from "./job.ts"

/** A worker thread: plays the jobs it is sent. */
declare const self: Worker

self.onmessage = ({ data }: MessageEvent<Job>) => self.postMessage(playJob(data))
