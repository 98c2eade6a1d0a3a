import { labelArgumentFits } from "../../../core/checks/label-argument-fits";
import { testCheck } from "./rows";

const panel = "services/ex/dashboards.ts ex-overview/extra: the panel";

testCheck(labelArgumentFits, {
  accepted: [
    ...[
      ["${1}x", "(.*)"],
      ["$$1x", "(.*)"],
      ["$0", ".*"],
      ["${port}_$2", "(?P<port>a)(b)"],
      ["$port", "(?<port>.*)"],
      ["$1", "[(](.*)[)]"],
      ["$1", "\\\\((.*)"],
      ["$1-$2", "(.*):(\\\\d+)"],
    ].map(([replacement = "", pattern = ""]) => ({
      name: `${replacement} of ${pattern}`,
      query: `label_replace(ex_depth, "x", "${replacement}", "instance", "${pattern}")`,
    })),
    { name: "a label that is there", query: 'label_replace(ex_depth, "kind", "$1", "actor_type", "(.*)")' },
    { name: "a fixed text", query: 'label_replace(ex_depth, "kind", "actor", "", "")' },
    ...[
      'label_replace(max(ex_depth), "actor_type", "all", "", "")',
      'label_replace(ex_depth{actor_type="Meeting"}, "actor_type", "all", "", "")',
      'label_replace(ex_joins_total, "actor_type", "all", "", "")',
      'label_replace(ex_depth, "actor_type", "Meetings", "actor_type", "Meeting")',
      'label_replace(ex_depth, "actor_type", "${1}s", "actor_type", "(.*)")',
      'label_replace(topk(1, ex_depth), "actor_type", "most", "", "")',
      'label_replace(sum by (code, status) (label_replace(ex_joins_total, "code", "$1", "status", "(.).*")), "status", "any", "", "")',
    ].map((query) => ({ name: query, query })),
    { name: "a fixed text, whatever is read", query: 'label_replace(sum(ex_depth), "kind", "actor", "whatever", ".*")' },
    { name: "a fixed text with a dollar", query: 'label_replace(sum(ex_depth), "kind", "$$5", "whatever", "(.*)")' },
    { name: "a fixed text where a label is missing", query: 'label_replace(sum(ex_depth), "kind", "none", "kind", "|none")' },
    {
      name: "a label that label_replace has written",
      query: 'label_join(label_replace(ex_depth, "a", "x", "", ""), "b", "-", "a", "actor_type")',
    },
    { name: "one of the values", query: 'label_replace(ex_depth, "kind", "m", "actor_type", "Meet.*|Other")' },
    { name: "the absence of a value", query: 'label_replace(ex_depth, "actor_type", "none", "actor_type", "")' },
    {
      name: "named and unnamed groups",
      query: 'label_replace(up, "x", "${2}$host", "instance", "(?:a|b)(?P<host>.*):(\\\\d+)")',
    },
    { name: "labels of what nobody knows", query: 'label_replace(other, "x", "$1", "whatever", "(.*)")' },
    { name: "values by a label", query: 'count_values("depth", ex_depth)' },
  ],
  reported: [
    ...[
      ["$1x", "(.*)", "$1x, which is a group of that name, and nothing. Write ${1}x."],
      ["$1_total", "(.*)", "$1_total, which is a group of that name, and nothing. Write ${1}_total."],
      ["$host", "(.*)", '$host, but its pattern "(.*)" has 1 groups and none of that name.'],
      ["${host}", "(?P<port>.*)", '$host, but its pattern "(?P<port>.*)" has 1 groups and none of that name.'],
      ["$2", "[(](.*)[)]", '$2, but its pattern "[(](.*)[)]" has 1 groups.'],
    ].map(([replacement = "", pattern = "", finding = ""]) => ({
      name: `${replacement} of ${pattern}`,
      query: `label_replace(ex_depth, "x", "${replacement}", "instance", "${pattern}")`,
      findings: [`${panel} lets label_replace write ${finding}`],
    })),
    {
      name: "a label that is not there",
      query: 'label_replace(ex_depth, "kind", "$1", "actor_typ", "(.*)")',
      findings: [
        `${panel} lets label_replace read "actor_typ", which its operand does not have. It has actor_type, job, instance. Did you mean "actor_type"?`,
      ],
    },
    ...(
      [
        ['label_replace(ex_depth, "actor_type", "all", "", "")', "actor_type"],
        ['label_replace(sum by (status) (rate(ex_joins_total[5m])), "status", "all", "status", ".*")', "status"],
        ['sum by (status) (label_replace(rate(ex_joins_total[5m]), "status", "all", "whatever", "(.*)"))', "status"],
      ] as const
    ).map(([query, label]) => ({
      name: query,
      query,
      findings: [
        `${panel} lets label_replace write ${label}="all" over all by which its series differ: two of them become one, which Prometheus refuses. Aggregate ${label} away first.`,
      ],
    })),
    ...[
      ["$1", "(.*)"],
      ["actor", ".+"],
    ].map(([replacement = "", pattern = ""]) => ({
      name: `nothing to read for ${pattern}`,
      query: `label_replace(sum(ex_depth), "kind", "${replacement}", "actor_type", "${pattern}")`,
      findings: [`${panel} lets label_replace read "actor_type", which its operand does not have. It has no labels.`],
    })),
    {
      name: "a label that an aggregation has dropped",
      query: 'label_join(sum(ex_depth), "x", "-", "actor_type")',
      findings: [`${panel} lets label_join read "actor_type", which its operand does not have. It has no labels.`],
    },
    {
      name: "a pattern that is none",
      query: 'label_replace(ex_depth, "kind", "$1", "actor_type", "(")',
      findings: [
        `${panel} gives label_replace a pattern that Prometheus refuses: error parsing regexp: missing closing ): \`(\`.`,
      ],
    },
    {
      name: "a group that is not there",
      query: 'label_replace(ex_depth, "kind", "$2", "actor_type", "(.*)")',
      findings: [`${panel} lets label_replace write $2, but its pattern "(.*)" has 1 groups.`],
    },
    {
      name: "a value that is not there",
      query: 'label_replace(ex_depth, "kind", "m", "actor_type", "Meting")',
      findings: [
        `${panel} lets label_replace look for actor_type=~"Meting", a value that it never has. It has Meeting, Connection. Did you mean "Meeting"?`,
      ],
    },
    {
      name: "a label without a name",
      query: 'count_values("", ex_depth)',
      findings: [`${panel} lets count_values write a label without a name, which Prometheus refuses. Name one.`],
    },
  ],
});
