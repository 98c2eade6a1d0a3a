import { linkExists } from "../../../core/checks/link-exists";
import { readMarkdown } from "../../../core/load/markdown";
import { testCheck } from "./rows";

const at = "runbooks/ex/incident-response.md:29";
const link = (target: string) => ({ markdown: (text: string) => `${text}\n[a link](${target})\n` });

testCheck(linkExists, {
  accepted: [
    { name: "a fragment of the same file", ...link("#scenario-1-deep-mailboxes") },
    { name: "a link with a title", ...link('incident-response.md#impact "what users notice"') },
    { name: "an external link", ...link("https://example.com/#x") },
    { name: "a mail address", ...link("mailto:oncall@example.com") },
    { name: "a way round through the folder above", ...link("../ex/incident-response.md") },
    { name: "an anchor in HTML", markdown: (text) => `${text}\n<a id="old"></a> [x](#old) [y](incident-response.md#old)\n` },
    { name: "the top", markdown: (text) => `${text}\n[x](#top) [y](#) <a href="#top">z</a>\n` },
    { name: "a line", ...link("incident-response.md?plain=1#L3") },
    { name: "lines", ...link("#L3-L5") },
    { name: "a query string", ...link("incident-response.md?tab=readme") },
    { name: "an image beside it", ...link("arch.svg"), model: { runbookFiles: [{ path: "ex/arch.svg", base64: "" }] } },
    { name: "columns of a line", ...link("incident-response.md#L1C3-L2C4") },
    { name: "words that a browser looks for", ...link("#:~:text=Delays") },
    { name: "an anchor as GitHub writes it into the page", ...link("#user-content-impact") },
    { name: "its folder", ...link("./") },
    { name: "a footnote", markdown: (text) => `${text}\nGone[^1].\n\n[^1]: Deprecated\n` },
    {
      name: "an anchor that a title names for Docusaurus",
      markdown: (text) => `${text}\n## A {#own}\n[x](#own)\n`,
      model: { runbookRenderer: "docusaurus" },
    },
    {
      name: "files with spaces and parentheses, in every form",
      markdown: (text) => `${text}\n[a](<a b.svg>) [b](a%20b.svg) [c](a(1).svg "t") [d](a\\(1\\).svg)\n`,
      model: {
        runbookFiles: [
          { path: "ex/a b.svg", base64: "" },
          { path: "ex/a(1).svg", base64: "" },
        ],
      },
    },
    { name: "an address without a scheme", ...link("//example.com/x") },
    { name: "an encoded fragment", markdown: (text) => `${text}\n## Größe\n[x](#gr%C3%B6%C3%9Fe)\n` },
    { name: "an anchor of GitLab", markdown: (text) => `${text}\n## 5\n[x](#5)\n`, model: { runbookRenderer: "gitlab" } },
    { name: "an anchor of MkDocs", markdown: (text) => `${text}\n## A & B\n[x](#a-b)\n`, model: { runbookRenderer: "mkdocs" } },
    {
      name: "an address of a page, as MkDocs and Docusaurus show it",
      model: {
        runbookRenderer: "mkdocs",
        runbooks: [readMarkdown("ex/a.md", "[x](../b/#c) [y](../) [z](b.md#c)"), readMarkdown("ex/b.md", "# C")],
      },
    },
    {
      name: "a slug of a page",
      model: {
        runbookRenderer: "docusaurus",
        runbooks: [readMarkdown("ex/a.md", "[x](./on-call#c)"), readMarkdown("ex/b.md", "---\nslug: on-call\n---\n# C")],
      },
    },
    {
      name: "a comment of MDX",
      model: {
        runbookRenderer: "docusaurus",
        runbooks: [readMarkdown("ex/a.md", "{/* [x](gone.md) */}\n\n{/*\n[x](gone.md)\n*/}\n")],
      },
    },
    { name: "a path from the repository's root", ...link("/runbooks/ex/incident-response.md#impact") },
    { name: "a page of the site that shows the runbooks", ...link("/docs/on-call") },
    { name: "something like a link inside a fence", markdown: (text) => `${text}\n\`\`\`text\n[x](gone.md)\n\`\`\`\n` },
  ],
  reported: [
    {
      name: "an address of a page, where files are shown",
      model: { runbooks: [readMarkdown("ex/a.md", "[x](../b/#c)"), readMarkdown("ex/b.md", "# C")] },
      findings: ['runbooks/ex/a.md:1: links to "../b/#c", but there is no runbooks/b/.'],
    },
    {
      name: "a page at another address",
      model: { runbookRenderer: "mkdocs", runbooks: [readMarkdown("ex/a.md", "[x](b/#c)"), readMarkdown("ex/b.md", "# C")] },
      findings: ['runbooks/ex/a.md:1: links to "b/#c", but there is no runbooks/ex/b/. Did you mean "ex/b.md"?'],
    },
    {
      name: "a link behind a comment of MDX",
      model: {
        runbookRenderer: "docusaurus",
        runbooks: [readMarkdown("ex/a.md", "{/* x */}\n\n[x](gone.md)")],
      },
      findings: ['runbooks/ex/a.md:3: links to "gone.md", but there is no runbooks/ex/gone.md. Did you mean "ex/a.md"?'],
    },
    {
      name: "a missing heading",
      ...link("#impct"),
      findings: [`${at}: links to "#impct", but runbooks/ex/incident-response.md has no heading "impct". Did you mean "impact"?`],
    },
    {
      name: "an anchor of another renderer",
      markdown: (text) => `${text}\n## A & B\n[x](#a--b)\n`,
      model: { runbookRenderer: "mkdocs" },
      findings: [
        `runbooks/ex/incident-response.md:30: links to "#a--b", but runbooks/ex/incident-response.md has no heading "a--b". Did you mean "a-b"?`,
      ],
    },
    {
      name: "an anchor that only the page of another renderer has",
      ...link("#user-content-impact"),
      model: { runbookRenderer: "mkdocs" },
      findings: [
        `${at}: links to "#user-content-impact", but runbooks/ex/incident-response.md has no heading "user-content-impact".`,
      ],
    },
    {
      name: "a name in other letters",
      ...link("Incident-Response.md"),
      findings: [
        `${at}: links to "Incident-Response.md", but there is no runbooks/ex/Incident-Response.md. Did you mean "ex/incident-response.md"?`,
      ],
    },
    {
      name: "a folder that is not there",
      ...link("img/"),
      findings: [`${at}: links to "img/", but there is no runbooks/ex/img/.`],
    },
    {
      name: "a source of a picture",
      markdown: (text) => `${text}\n<picture><source srcset="gone.svg 2x"></picture>\n`,
      findings: [`${at}: links to "gone.svg", but there is no runbooks/ex/gone.svg.`],
    },
    {
      name: "a link in HTML",
      markdown: (text) => `${text}\n<a href="#nowhere">x</a>\n`,
      findings: [`${at}: links to "#nowhere", but runbooks/ex/incident-response.md has no heading "nowhere".`],
    },
    {
      name: "an image that is not there",
      markdown: (text) => `${text}\n![x](gone.svg)\n`,
      findings: [`${at}: links to "gone.svg", but there is no runbooks/ex/gone.svg.`],
    },
    {
      name: "a line that is not there",
      ...link("#L300"),
      findings: [`${at}: links to "#L300", but runbooks/ex/incident-response.md has 29 lines.`],
    },
    {
      name: "a reference without a definition",
      markdown: (text) => `${text}\n[the guide][guide]\n`,
      findings: [
        `${at}: "[the guide][guide]" is no link: nothing defines its reference. Write [words](address), or add the line [reference]: address.`,
      ],
    },
    {
      name: "a footnote without a definition, and one without a reference",
      markdown: (text) => `${text}\nGone[^1].\n\n[^2]: Deprecated\n`,
      findings: [
        `${at}: "[^1]" is no footnote: nothing defines it. Add the line [^1]: words.`,
        "runbooks/ex/incident-response.md:31: the footnote [^2] is not shown: nothing refers to it. Write [^2] where it belongs, or take it out.",
      ],
    },
    {
      name: "what a frame frames",
      markdown: (text) => `${text}\n<iframe src="gone.html"></iframe>\n`,
      findings: [`${at}: links to "gone.html", but there is no runbooks/ex/gone.html.`],
    },
    {
      name: "a file that is not deployed, from the repository's root",
      ...link("/README.md"),
      findings: [`${at}: links to "/README.md", but there is no runbooks/../README.md.`],
    },
    {
      name: "a missing file",
      ...link("incident-responses.md"),
      findings: [
        `${at}: links to "incident-responses.md", but there is no runbooks/ex/incident-responses.md. Did you mean "ex/incident-response.md"?`,
      ],
    },
    {
      name: "a file that is not deployed",
      ...link("../../README.md"),
      findings: [`${at}: links to "../../README.md", but there is no runbooks/../README.md.`],
    },
  ],
});
