// Compiled by tsc, never run: each wrong use stands under @ts-expect-error, which is an error itself when the line compiles.
/* eslint-disable @typescript-eslint/no-misused-spread, @typescript-eslint/no-unsafe-class-instance-assignment -- what is wrong here is for the compiler to find */
import * as pulumi from "@pulumi/pulumi";
import { ServiceObservability, type ServiceObservabilityArgs } from "../../components/service-observability";
import type { CheckedModel } from "../../core/model/checked-model";
import type { Model } from "../../core/model/model";
import type { Service } from "../../core/model/service";

declare const service: Service;
declare const unchecked: Model;
declare const model: CheckedModel;
const environment = {
  namespace: pulumi.output("monitoring"),
  grafanaUrl: Promise.resolve("https://grafana.example.com"),
  runbookBaseUrl: pulumi.secret("https://runbooks.example.com"),
};

// What is right compiles: values of other resources, and nothing but what has no default.
new ServiceObservability("mc", { service, model, environment });
new ServiceObservability("mc", { service, model, environment, ruleLabels: { release: pulumi.output("prometheus") } });

// @ts-expect-error -- a model that has not passed its checks
new ServiceObservability("mc", { service, model: unchecked, environment });
// @ts-expect-error -- a copy of one that has: nobody has checked what is different in it
new ServiceObservability("mc", { service, model: { ...model }, environment });
// @ts-expect-error -- one that says so itself
new ServiceObservability("mc", { service, model: { ...unchecked, checks: "passed" }, environment });
// @ts-expect-error -- no environment
const _: ServiceObservabilityArgs = { service, model };
