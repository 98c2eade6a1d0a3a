import type { Service } from "../model/service";
import { gc } from "./gc";
import { mc } from "./mc";

/** Every service that is deployed. To add one: its folder, its runbooks, and a line here. */
export const services: readonly Service[] = [gc, mc];
