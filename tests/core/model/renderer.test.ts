import assert from "node:assert/strict";
import GithubSlugger from "github-slugger";
import { describe, it } from "@jest/globals";
import { readMarkdown } from "../../../core/load/markdown";
import { frontMatterOf } from "../../../core/model/front-matter";
import { anchorsOfHeadings, headingAnchors, renderers, sectionAddress, type Renderer } from "../../../core/model/renderer";
// What Python-Markdown 3.8 with its extension toc, which MkDocs uses, made of headings with these titles.
import recorded from "./python-markdown-anchors.json";

describe("the anchors of MkDocs", () => {
  it("are those of Python-Markdown", () => {
    const titles = recorded.map(([of = []]) => of);
    assert.deepEqual(
      titles.map((of) => [of, [...headingAnchors(of, "mkdocs")]]),
      [...recorded],
    );
  });
});

describe("the anchors of Docusaurus and GitHub", () => {
  const titles = ["Impact", "Impact", "Impact-1", "Impact", "🔥 Fire", "Größe", "A & B", "⚙️ Settings", "x", "X-1", "x"];
  for (const renderer of ["docusaurus", "github"] as const) {
    it(`are those of github-slugger: ${renderer}`, () => {
      const slugger = new GithubSlugger();
      assert.deepEqual(
        headingAnchors(titles, renderer),
        titles.map((title) => slugger.slug(title)),
      );
    });
  }

  it("differ where GitHub keeps what joins the parts of an emoji", () => {
    assert.deepEqual(headingAnchors(["👩‍💻 On duty"], "github"), ["‍-on-duty"]);
    assert.deepEqual(headingAnchors(["👩‍💻 On duty"], "docusaurus"), ["-on-duty"]);
  });
});

describe("an anchor that a title names itself", () => {
  // As Python-Markdown 3.8 makes them with toc and attr_list.
  it("is taken by MkDocs", () => {
    const titles = [
      "Impact { #impact-now }",
      "Impact",
      'Wide {: .wide #w title="x" }',
      "Class only { .c }",
      "Tight{#t}",
      "impact-now",
    ];
    assert.deepEqual(headingAnchors(titles, "mkdocs"), ["impact-now", "impact", "w", "class-only", "tightt", "impact-now_1"]);
  });

  // As parseMarkdownHeadingId of @docusaurus/utils reads them, whose id goes past the slugger.
  it("is taken by Docusaurus", () => {
    const titles = ["Impact {#Now}", "Impact", "Tight{#t}", "A {#b} {#c d}", "Now"];
    assert.deepEqual(headingAnchors(titles, "docusaurus"), ["Now", "impact", "t", "c d", "now"]);
  });

  it("is words to others, and so are other braces", () => {
    assert.deepEqual(headingAnchors(["Impact {#now}", "A {x}"], "github"), ["impact-now", "a-x"]);
    assert.deepEqual(headingAnchors(["Impact {#now}"], "gitlab"), ["impact-now"]);
    assert.deepEqual(headingAnchors(["A {x}", "B {}", "C #1"], "mkdocs"), ["a-x", "b", "c-1"]);
    assert.deepEqual(headingAnchors(["A {x}", "B { #c }"], "docusaurus"), ["a-x", "b--c-"]);
  });
});

describe("the anchors of GitLab", () => {
  it("keep dashes in a row, numbers, marks and what joins words", () => {
    const titles = ["A & B", "A - B", "5", "5", "1. Who's on call?", "snake_case", "Größe é", "a", "A-1", "a"];
    const anchors = ["a--b", "a---b", "5", "5-1", "1-whos-on-call", "snake_case", "größe-é", "a", "a-1", "a-2"];
    assert.deepEqual(headingAnchors(titles, "gitlab"), anchors);
    assert.deepEqual(headingAnchors(["👩‍💻 On duty", "⚠\uFE0F Warnings"], "gitlab"), ["-on-duty", "\uFE0F-warnings"]);
  });
});

describe("a heading in raw HTML", () => {
  const headings = [{ title: "Symptoms", isHtml: true as const }, { title: "Symptoms" }, { title: "Impact" }];
  it("has an anchor, and counts, on GitHub only", () => {
    assert.deepEqual(anchorsOfHeadings(headings, "github"), ["symptoms", "symptoms-1", "impact"]);
    for (const renderer of ["gitlab", "mkdocs", "docusaurus"] as const)
      assert.deepEqual(anchorsOfHeadings(headings, renderer), ["", "symptoms", "impact"]);
  });
});

describe("the address of a section", () => {
  const rows: readonly (readonly [Renderer, path: string, address: string])[] = [
    ["github", "mc/incident-response.md", "mc/incident-response.md#gr%C3%B6%C3%9Fe"],
    ["gitlab", "mc/on call.md", "mc/on%20call.md#gr%C3%B6%C3%9Fe"],
    ["mkdocs", "mc/incident-response.md", "mc/incident-response/#gr%C3%B6%C3%9Fe"],
    ["mkdocs", "mc/index.md", "mc/#gr%C3%B6%C3%9Fe"],
    ["mkdocs", "mc/README.md", "mc/#gr%C3%B6%C3%9Fe"],
    ["docusaurus", "mc/incident-response.md", "mc/incident-response#gr%C3%B6%C3%9Fe"],
    ["docusaurus", "mc/index.md", "mc#gr%C3%B6%C3%9Fe"],
    ["docusaurus", "01-mc/02-incidents.md", "mc/incidents#gr%C3%B6%C3%9Fe"],
    ["docusaurus", "mc/2024-01-outage.md", "mc/2024-01-outage#gr%C3%B6%C3%9Fe"],
  ];
  for (const [renderer, path, address] of rows) {
    it(`has the form of ${renderer}: ${path}`, () => {
      assert.equal(sectionAddress({ path, anchor: "größe" }, renderer), address);
    });
  }

  it("of a whole page has no fragment", () => {
    assert.equal(sectionAddress({ path: "mc/a.md", anchor: "" }), "mc/a.md");
  });
});

describe("the address of a page with front matter", () => {
  const rows: readonly (readonly [Renderer, path: string, front: string, address: string])[] = [
    ["docusaurus", "mc/incidents.md", "slug: /when-it-breaks", "when-it-breaks"],
    ["docusaurus", "mc/incidents.md", "slug: when-it-breaks", "mc/when-it-breaks"],
    ["docusaurus", "01-mc/02-incidents.md", 'slug: "../on-call/mc"', "on-call/mc"],
    ["docusaurus", "mc/incidents.md", "id: when-it-breaks", "mc/when-it-breaks"],
    ["docusaurus", "mc/incidents.md", "id: a\nslug: /b", "b"],
    ["docusaurus", "mc/incidents.md", "slug: /", ""],
    ["docusaurus", "mc/index.md", "id: overview", "mc"],
    ["docusaurus", "mc/incidents.md", "title: Slug\nsidebar_position: 2", "mc/incidents"],
    ["docusaurus", "mc/incidents.md", "slug: [", "mc/incidents"],
    ["github", "mc/incidents.md", "slug: /b\nid: a", "mc/incidents.md"],
    ["gitlab", "mc/incidents.md", "slug: /b\nid: a", "mc/incidents.md"],
    ["mkdocs", "mc/incidents.md", "slug: /b\nid: a", "mc/incidents/"],
  ];
  for (const [renderer, path, front, address] of rows)
    it(`is what it says to ${renderer}: ${path} with ${JSON.stringify(front)}`, () => {
      const frontMatter = frontMatterOf(`---\n${front}\n---\n\n# MC\n`);
      assert.equal(sectionAddress({ path, anchor: "", frontMatter }, renderer), address);
    });

  it("is read of YAML at the beginning only", () => {
    assert.deepEqual(frontMatterOf("# MC\n\n---\nslug: /b\n---\n"), {});
    assert.deepEqual(frontMatterOf("---\n\nText\n\n---\n"), {});
    assert.deepEqual(frontMatterOf("\uFEFF---\r\nslug: /b\r\nid: 5\r\ntags: [a]\r\n---\r\n"), { slug: "/b", id: "5" });
  });
});

describe("a heading that is more than words", () => {
  // As comrak, Python-Markdown 3.11, and remark with github-slugger 1.5, as Docusaurus uses them, render them.
  const rows: readonly (readonly [markdown: string, Partial<Record<Renderer, readonly string[]>>])[] = [
    [
      "# Footnote[^1]\n\n[^1]: x",
      { github: ["footnote1"], gitlab: ["footnote"], mkdocs: ["footnote"], docusaurus: ["footnote"] },
    ],
    [
      "# With ![image alt](x.png)",
      { github: ["with-"], gitlab: ["with-image-alt"], mkdocs: ["with"], docusaurus: ["with-image-alt"] },
    ],
    ['# <a name="y"></a> Anchor first', { github: ["-anchor-first"], gitlab: ["-anchor-first"], mkdocs: ["anchor-first"] }],
    ["Two lines\nof one\n===", { github: ["two-linesof-one"], gitlab: ["two-lines-of-one"], docusaurus: ["two-linesof-one"] }],
    ["# Comment <!-- x --> here", { gitlab: ["comment--here"], mkdocs: ["comment-here"], docusaurus: ["comment--here"] }],
    [
      "# [Link](x.md), `code` and **bold**",
      { gitlab: ["link-code-and-bold"], mkdocs: ["link-code-and-bold"], docusaurus: ["link-code-and-bold"] },
    ],
    ["# 5\n# 5\n# -5", { gitlab: ["5", "5-1", "-5"], mkdocs: ["5", "5_1", "-5"], docusaurus: ["5", "5-1", "-5"] }],
  ];
  for (const [markdown, anchors] of rows)
    for (const renderer of renderers)
      if (anchors[renderer])
        it(`has the anchor of ${renderer}: ${JSON.stringify(markdown)}`, () => {
          const { headings } = readMarkdown("a.md", markdown);
          const made = renderer === "github" ? headings.map(({ slug }) => slug) : anchorsOfHeadings(headings, renderer);
          assert.deepEqual(made, anchors[renderer]);
        });
});
