import { blockCanBePasted } from "../../../core/checks/block-can-be-pasted";
import { exampleModel, runbook } from "./example";
import { testCheck } from "./rows";

const line = runbook.split("\n").length + 1;
const block =
  (language: string, ...lines: readonly string[]) =>
  (text: string) =>
    `${text}\n\`\`\`${language}\n${lines.join("\n")}\n\`\`\`\n`;
const at = (offset: number): string => `runbooks/ex/incident-response.md:${line + offset}`;
const blocking =
  "the command goes on until it is stopped, so that the lines below it are never reached. Put it into a block of its own, or end it with &.";

const exported = "\n\n```bash values=stack\nexport NAMESPACE=a\n```\n";
/** In a runbook that exports its stack's values, below everything else. */
const withValues =
  (...lines: readonly string[]) =>
  (text: string) =>
    `${block("bash", ...lines)(text)}${exported}`;

const [example] = exampleModel().services;
const withoutShell = example?.workload ? { workload: { ...example.workload, withoutShell: true as const } } : {};

testCheck(blockCanBePasted, {
  accepted: [
    { name: "a forwarded port alone", markdown: block("bash", 'kubectl -n "$NAMESPACE" port-forward svc/a 1:1   # stays') },
    {
      name: "a forwarded port at the end, with a comment below",
      markdown: block("bash", "echo go", "kubectl port-forward svc/a 1:1", "# Ctrl-C ends it"),
    },
    {
      name: "a forwarded port in the background",
      markdown: block("bash", "kubectl port-forward svc/a 1:1 &", "curl -s localhost:1"),
    },
    { name: "a command in a comment", markdown: block("bash", "# first: kubectl port-forward svc/a 1:1", "curl -s localhost:1") },
    {
      name: "a log that ends",
      markdown: block("bash", "kubectl logs deploy/a --since=5m | tail -n 5", "kubectl get pods -o wide"),
    },
    { name: "an address that is not Prometheus'", markdown: block("bash", "curl -s localhost:8081/ready") },
    {
      name: "Kubernetes' own API",
      markdown: block("bash", 'kubectl get --raw "/api/v1/namespaces/$NAMESPACE/pods/a:8080/proxy/ready"'),
    },
    {
      name: "a container with tools beside the other",
      markdown: block("bash", 'kubectl debug "$POD" -i --image=a:1 -- nc -z b 1'),
    },
    { name: "a namespace where the runbook exports no values", markdown: block("bash", "kubectl -n dark-tower get pods") },
    {
      name: "a shell in a container of a workload that has one",
      markdown: block("bash", 'kubectl -n "$NAMESPACE" exec deploy/a -- sh -c id'),
    },
    { name: "a block in another language", markdown: block("text", "kubectl -n a port-forward b", "more") },
  ],
  reported: [
    {
      name: "a forwarded port above another command",
      markdown: block("bash", "kubectl port-forward svc/a 1:1", "curl -s localhost:1"),
      findings: [`${at(1)}: ${blocking}`],
    },
    {
      name: "a forwarded port that must end well before the next command",
      markdown: block("bash", "kubectl port-forward svc/a 1:1 &&", "curl -s localhost:1"),
      findings: [`${at(1)}: ${blocking}`],
    },
    {
      name: "a listing that is followed",
      markdown: block("bash", "kubectl get pods -w", "echo done"),
      findings: [`${at(1)}: ${blocking}`],
    },
    {
      name: "a namespace of one installation",
      markdown: withValues("kubectl config current-context", "kubectl -n dark-tower get pods"),
      findings: [`${at(2)}: the command names the namespace dark-tower. Write "$NAMESPACE" or "$MONITORING_NAMESPACE".`],
    },
    {
      name: "a Prometheus of one installation",
      markdown: withValues("curl -s 'localhost:9090/api/v1/targets?state=active'"),
      findings: [`${at(1)}: the command names Prometheus as localhost:9090. Write "$PROMETHEUS_URL".`],
    },
    {
      name: "a shell in a container of a workload without one",
      service: withoutShell,
      markdown: block("bash", 'kubectl -n "$NAMESPACE" exec deploy/a -- sh -c id'),
      findings: [
        `${at(1)}: the command needs a program inside the container, and the images have none. Use \`kubectl debug\` with an image that has it.`,
      ],
    },
  ],
});
