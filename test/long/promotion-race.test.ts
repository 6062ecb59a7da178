import { racesPromotions } from "../support/promotion-race.ts"

racesPromotions(100)
