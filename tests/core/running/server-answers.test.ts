import assert from "node:assert/strict";
import { describe, it } from "@jest/globals";
import { serverAnswers, untold } from "../../../core/running/server-answers";
import { prometheusOf, said, seenOf } from "./situation";

describe("server-answers", () => {
  const silent = { cannotTell: "no answer within 10 s" };

  it("says once which server does not say what, and why", () => {
    const running = prometheusOf({}, { rules: silent, names: silent, targets: { cannotTell: "HTTP 404" } });
    assert.deepEqual(untold(running), [
      "http://prometheus does not say: no answer within 10 s. It cannot be told which rules are loaded and which series there are.",
      "http://prometheus does not say: HTTP 404. It cannot be told how often targets are scraped.",
    ]);
    assert.deepEqual(
      said(serverAnswers, {}, running).map((line) => line.slice(0, 20)),
      ["warning chain.yaml: ", "warning chain.yaml: "],
    );
  });

  it("does not fill a page with what a silent server could have said", () => {
    const dashboards = new Map(Array.from({ length: 100 }, (_, number) => [`d${number}`, silent]));
    const [told] = untold({ grafana: { server: "http://grafana", dashboards, datasources: new Map() } });
    assert.match(String(told), /whether the dashboard d4 is there, and 95 things more\.$/);
  });

  it("is silent where everything was said", () =>
    assert.deepEqual(untold(prometheusOf({ up: seenOf({}) }, { rules: { data: [] } })), []));
});
