import type { Service } from "../core/model";
import { alertingService } from "./alerting";
import { gc } from "./gc";
import { journeyService } from "./journeys";
import { mc } from "./mc";

/** Every service that is deployed. To add one: its folder, its runbooks, and a line here. */
export const services: readonly Service[] = [gc, mc, journeyService, alertingService];
