import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, describe, it } from "@jest/globals";
import { atTestEnd } from "../../at-test-end";
import { copyProject } from "../../engine/project-copy";
import { pods, seriesOf, type Situation } from "./live-series";
import { startPrometheus, type TestSeries } from "./prometheus-server";

const stackFile = `config:
  dark-tower-observability:grafanaUrl: https://grafana.example.com
  dark-tower-observability:runbookBaseUrl: https://runbooks.example.com
  dark-tower-observability:scrape: pod-monitor
`;

/** The series of an installation in a namespace of its own. */
function seriesIn(namespace: string, situation: Situation): readonly TestSeries[] {
  return seriesOf(situation, "operator").map(({ labels, ...series }) => ({ ...series, labels: { ...labels, namespace } }));
}

describe("the gates of two installations in one Prometheus", () => {
  const copy = copyProject();
  afterAll(() => copy.remove());
  for (const town of ["a", "b"])
    writeFileSync(
      join(copy.root, `Pulumi.town-${town}.yaml`),
      `${stackFile}  dark-tower-observability:workloadNamespace: town-${town}\n`,
    );

  it("are each asked of the stack's own series", async () => {
    const prometheus = await startPrometheus();
    atTestEnd(prometheus.stop);
    await prometheus.push([
      ...seriesIn("town-a", {}),
      ...seriesIn("town-b", { gc: [pods.gcA, { ...pods.gcB, isReady: false }] }),
    ]);
    const ask = async (stack: string): Promise<readonly string[]> => {
      const args = [join(copy.root, "run.mjs"), "gate", "gc", "before", "--stack", stack, "--prometheus", prometheus.url];
      const child = spawn(process.execPath, args, { stdio: ["ignore", "pipe", "pipe"], env: { ...process.env, NO_COLOR: "1" } });
      let printed = "";
      for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk: Buffer) => (printed += chunk.toString()));
      await once(child, "close");
      return printed.split("\n").flatMap((line) => /^(.*?) {2,}gc\/before\/(replicas-ready|cpu-to-spare)/.exec(line)?.[1] ?? []);
    };
    assert.deepEqual(
      [await ask("town-a"), await ask("town-b")],
      [
        ["holds", "holds"],
        ["does not hold", "holds"],
      ],
    );
  });
});
