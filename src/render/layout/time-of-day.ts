/** The local time of day at an instant (epoch ms), with seconds: `07:30:05`. */
export function timeOfDay(at: number): string {
  const time = new Date(at)
  const parts = [time.getHours(), time.getMinutes(), time.getSeconds()]
  return parts.map((part) => String(part).padStart(2, "0")).join(":")
}
