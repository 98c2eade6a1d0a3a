import { toFill } from "../../model/to-fill";

interface Scenario {
  readonly title: string;
  readonly look: string;
  readonly panels: readonly string[];
  readonly remedy: string;
}

/** The Markdown files of a new service, by their paths. Their blocks, and the steps that look at upstreams, are written by `npm run generate`. */
export function runbookFiles(id: string): Readonly<Record<string, string>> {
  return {
    [`runbooks/${id}/incident-response.md`]: incidentResponse(id),
    [`runbooks/${id}/deployment.md`]: deployment(id),
  };
}

function incidentResponse(id: string): string {
  const prefix = id.toUpperCase();
  const scenarios: readonly Scenario[] = [
    {
      title: "Down or not scraped",
      look: `Look at the pods. Which of them is not ready, and why?`,
      panels: ["up", "replicas query=missing", "replicas query=unwanted", "deployments-known"],
      remedy: "how it is brought back, from the least to the most harmful way",
    },
    {
      title: "Pods restarting",
      look: "Look at the restarts. Which container, and how did it end?",
      panels: ["restarts"],
      remedy: "what to do about the usual causes",
    },
    {
      title: "Memory or CPU pressure",
      look: "Look at what it uses. Does it grow with the traffic?",
      panels: ["memory", "cpu"],
      remedy: "whether it can be scaled, and how",
    },
    {
      title: "Requests fail",
      look: "Look at the share that fails. Since when?",
      panels: ["failures"],
      remedy: "what to do about the usual causes",
    },
    {
      title: "Blind alerts",
      look: "Look at what is missing. Was it renamed by a release?",
      panels: ["traffic-stopped"],
      remedy: "how a release is taken back",
    },
  ];
  return `# ${prefix} incident response

For whoever is on call when an alert about ${prefix} fires.

${toFill(`what ${prefix} does, what it depends on, and what nobody must do to it`)}

Which one to look at first when several fire:

${block("look-first")}

## Before you start

You need \`kubectl\` with access to both namespaces. In every terminal, first: which installation this is.

\`\`\`bash values=stack
\`\`\`

## Scenarios

${block("scenarios")}

${scenarios.map((scenario, index) => section(id, scenario, index + 1)).join("\n")}`;
}

function section(id: string, { title, look, panels, remedy }: Scenario, number: number): string {
  const steps = [
    `**${look.split(".")[0] ?? ""}.** ${look.slice(look.indexOf(".") + 2)}

${panels.map((panel) => `   \`\`\`promql panel=${id}-overview/${panel}\n   \`\`\`\n`).join("\n")}`,
    `**Look at the logs.** What does it say of itself?

   \`\`\`bash
   kubectl -n "$NAMESPACE" logs deployment/${id}-service --since=15m --tail=200
   \`\`\`
`,
  ];
  return `## Scenario ${number}: ${title}

### Symptoms

${block("alerts")}

### Impact

${block("impact")}

### Diagnosis

${steps.map((step, index) => `${index + 1}. ${step}`).join("\n")}
### Remediation

${toFill(remedy)}

### Escalation

${number === 1 ? toFill("whom to call when that does not help") : "As in [Scenario 1](#scenario-1-down-or-not-scraped)."}
`;
}

function block(kind: string): string {
  return `<!-- ${kind}: written by \`npm run generate\` -->\n\n<!-- end of ${kind} -->`;
}

function deployment(id: string): string {
  const prefix = id.toUpperCase();
  return `# ${prefix} deployment

For whoever rolls out a new version of ${prefix}. If something is on fire already, begin with
[${prefix} incident response](incident-response.md).

## Rollout

${toFill("what must hold before a rollout begins, and what it is followed by")}

## Rollback

${toFill("how the version before is deployed again, and what must not be taken back")}
`;
}
