import { jest } from "bun:test"
import { stat } from "node:fs/promises"

/** Timers and clock stand still until a test lets time pass. */
export type StoppedTime = Disposable & {
  /** Lets so many milliseconds pass, and whatever waited for them go on. */
  pass: (ms: number) => Promise<void>
  /** Gives everything that is ready its turn, while no time passes. */
  turns: () => Promise<void>
  /** Waits until somebody waits for a timer. */
  someoneWaits: () => Promise<void>
}

/** Stops timers and clock until it is disposed of; files and sockets go on. */
export function stopTime(): StoppedTime {
  jest.useFakeTimers()
  return {
    pass: async (ms) => {
      jest.advanceTimersByTime(ms)
      await turns()
    },
    turns,
    someoneWaits: async () => {
      while (jest.getTimerCount() === 0) await turns()
    },
    [Symbol.dispose]: () => {
      jest.useRealTimers()
    },
  }
}

/** Gives everything that is ready its turn, without any timer. */
async function turns(): Promise<void> {
  for (let turn = 0; turn < 20; turn++) await stat("/")
}
