import { queryHasResult } from "../../../core/checks/query-has-result";
import { testCheck } from "./rows";

const panel = "services/ex/dashboards.ts ex-overview/extra: the panel";

const atOnce = (written: string): string =>
  `${panel} asks for ${written} at once, which no series can be. Drop one of them, or write one with alternatives.`;

/** What the matchers of one selector can be together; the other test is about what is compared. */
testCheck(queryHasResult, {
  accepted: [
    ...[
      'ex_depth{actor_type!~"Meeting"}',
      'ex_depth{actor_type!=""}',
      'ex_depth{pod=""}',
      'ex_depth{instance=~"a.*", instance!~"ab.*"}',
      'ex_depth{instance=~"a.*", instance=~".*b"}',
      'ex_depth{instance=~"a.*", instance=~"ab.*"}',
      'ex_depth{instance=~"(a|b)c?", instance=~"bc|d"}',
      'ex_depth{instance=~"ab*.+", instance=~"a.+"}',
      'ex_depth{instance=~"mc-[01]:8081", instance!="mc-0:8081"}',
      'ex_depth{instance=~".+[.]a", instance=~".+\\.a"}',
      'ex_depth{instance=~"a|b.*", instance=~"b.+"}',
      'ex_depth{pod!=""}',
      'ex_depth{pod!~"", instance!~"|a"}',
      'ex_depth{instance=~"4..|5..", instance=~"[5-9].+"}',
      'ex_depth{instance=~"$instance", instance=~"a.*"}',
      'ex_depth{instance!~"a.*|b.*", instance!~"[c-z].*"}',
      '{__name__="ex_depth", __name__=~"ex_.*"}',
      '{__name__=~"ex_depth|ex_other", __name__!="ex_depth"}',
      '{__name__=~"ex_.+", __name__!~".+_total"}',
      '{__name__=~"ex_.*", __name__!=""}',
      '{__name__="ex_depth"}',
    ].map((query) => ({ name: query, query })),
    { name: "two matchers of one label that agree", query: 'ex_depth{actor_type=~"Meeting|Connection", actor_type!="Meeting"}' },
    { name: "a value that is named twice", query: 'ex_depth{instance="a", instance=~"a|b"}' },
    { name: "matchers of two labels", query: 'ex_depth{actor_type="Meeting", instance="Connection"}' },
    { name: "a single hopeless matcher, of which another check tells", query: 'ex_depth{actor_type="Meting"}' },
  ],
  reported: [
    ...(
      [
        ['ex_depth{instance=~"a.*", instance!~"a.*"}', atOnce('instance=~"a.*", instance!~"a.*"')],
        ['ex_depth{instance=~"4..|5..", instance=~"2.."}', atOnce('instance=~"4..|5..", instance=~"2.."')],
        ['ex_depth{instance=~"[a-z]+", instance=~"[0-9]+"}', atOnce('instance=~"[a-z]+", instance=~"[0-9]+"')],
        ['ex_depth{instance=~"4..|5..", instance!~"[45].*"}', atOnce('instance=~"4..|5..", instance!~"[45].*"')],
        ['ex_depth{instance=~"prod-.*", instance=~"test-.*"}', atOnce('instance=~"prod-.*", instance=~"test-.*"')],
        ['ex_depth{instance=~".+:8080", instance=~".+:9090"}', atOnce('instance=~".+:8080", instance=~".+:9090"')],
        ['ex_depth{instance=~"(a|b)c?", instance=~"[de]"}', atOnce('instance=~"(a|b)c?", instance=~"[de]"')],
        ...[
          '__name__="ex_depth", __name__="ex_other"',
          '__name__=~"ex_depth|ex_other", __name__="ex_joins_total"',
          '__name__=~"ex_.*", __name__!~"ex_.*"',
          '__name__=~"ex_.*", __name__=~"mc_.*"',
          '__name__!="ex_depth", __name__=~"ex_depth"',
        ].map((names): [string, string] => [`{${names}}`, atOnce(names)]),
        ['{"ex_depth", __name__="ex_other"}', atOnce('__name__="ex_depth", __name__="ex_other"')],
        ['{__name__="", instance="a"}', `${panel} asks for __name__="", which no series can be. Drop it.`],
        ['ex_depth{instance!~".*"}', `${panel} asks for instance!~".*", which no series can be. Drop it.`],
        ...['!~"Meeting|Connection"', '!~".+"', '=""'].map((matcher): [string, string] => [
          `ex_depth{actor_type${matcher}}`,
          `${panel} asks for actor_type${matcher}, and there are no others: Meeting, Connection are all. Drop it, or name fewer.`,
        ]),
      ] as const
    ).map(([query, finding]) => ({ name: query, query, findings: [finding] })),
    {
      name: "two values of one label",
      query: 'ex_depth{instance="a", instance="b"}',
      findings: [
        `${panel} asks for instance="a", instance="b" at once, which no series can be. Drop one of them, or write one with alternatives.`,
      ],
    },
    {
      name: "a value that is excluded",
      query: 'ex_depth{actor_type=~"Meet.*", actor_type!="Meeting"}',
      findings: [
        `${panel} asks for actor_type=~"Meet.*", actor_type!="Meeting" at once, which no series can be. Drop one of them, or write one with alternatives.`,
      ],
    },
  ],
});
