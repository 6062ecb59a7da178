import { boss, type ChoiceCase, unread, urgent } from "./case.ts"
import { aLabel, BUSY, five, HOUR, MINUTE, NOW, reading, scoped, used, week } from "./input.ts"

/** Cases in which the current label is refused, dead or forecast to be spent. */
export const LEAVING: ChoiceCase[] = [
  {
    title: "a label that was refused is left at once",
    input: { refused: true, labels: [boss, urgent("qa")] },
    label: "qa",
    reason: "refused",
  },
  {
    title: "even by an unknown one",
    input: { refused: true, labels: [unread("boss"), used("qa", 90, 10)] },
    label: "qa",
    reason: "refused",
    also: ["longest_runway"],
  },
  {
    title: "a label that cools is left",
    input: { labels: [used("boss", 50, 50, { coolingUntil: NOW + HOUR }), urgent("qa")] },
    label: "qa",
    reason: "cooling",
  },
  {
    title: "a dead login is left, though its usage is fine",
    input: { labels: [used("boss", 1, 1, { ready: false }), used("qa", 50, 50)] },
    label: "qa",
    reason: "login_dead",
  },
  {
    title: "so is a label that was disabled",
    input: { labels: [used("boss", 1, 1, { enabled: false }), used("qa", 50, 50)] },
    label: "qa",
    reason: "login_dead",
  },
  {
    title: "so is one that the pool no longer has",
    input: { current: "gone", labels: [used("qa", 50, 50)] },
    label: "qa",
    reason: "login_dead",
  },
  {
    title: "a label that will not see the next tick is left",
    input: { labels: [used("boss", 96, 10), used("qa", 10, 10)] },
    label: "qa",
    reason: "spent_before_next_tick",
  },
  {
    title: "so is one whose week ends first",
    input: { labels: [used("boss", 10, 99.6), used("qa", 90, 10)] },
    label: "qa",
    reason: "spent_before_next_tick",
    also: ["longest_runway"],
  },
  {
    title: "so is one whose provider says that its limit is reached",
    input: {
      labels: [
        aLabel("boss", { reading: reading([five(20)], { limitReached: true }) }),
        used("qa", 10, 10),
      ],
    },
    label: "qa",
    reason: "spent_before_next_tick",
  },
  {
    title: "a reset that comes first is waited for",
    input: {
      labels: [
        aLabel("boss", { reading: reading([five(96, NOW + 3 * MINUTE), week(10)]) }),
        used("qa", 10, 10),
      ],
    },
    label: "boss",
    reason: "lasts",
  },
  {
    title: "a gateway stays until it is refused",
    input: { mode: "gateway", labels: [used("boss", 99.9, 10), used("qa", 10, 10)] },
    label: "boss",
    reason: "lasts",
  },
  {
    title: "a forecast moves only to a runway a fifth longer",
    input: {
      burn: { ...BUSY, peak: 3 },
      labels: [used("boss", 80, 10), used("qa", 78, 10)],
    },
    label: "boss",
    reason: "no_better",
    also: ["spent_before_next_tick"],
  },
  {
    title: "and passes over a better pace that does not last longer",
    input: {
      burn: { ...BUSY, peak: 3 },
      labels: [
        used("boss", 80, 10),
        aLabel("brief", { reading: reading([five(77), week(10, NOW + HOUR)]) }),
        used("qa", 10, 10),
      ],
    },
    label: "qa",
    reason: "spent_before_next_tick",
  },
  {
    title: "a model's own window decides for its consumer",
    input: {
      model: "claude-opus-4-1",
      labels: [
        aLabel("boss", { reading: reading([five(1), week(1), scoped("weekly", "Opus", 100)]) }),
        used("qa", 10, 10),
      ],
    },
    label: "qa",
    reason: "spent_before_next_tick",
  },
]
