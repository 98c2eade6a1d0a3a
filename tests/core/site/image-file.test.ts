import assert from "node:assert/strict";
import { describe, it } from "@jest/globals";
import { loadSiteAssets } from "../../../core/load/site-assets";
import { siteConfigMaps } from "../../../core/site/config-maps";
import { isImage } from "../../../core/site/image-file";
import { renderSite } from "../../../core/site/site";
import { devContent } from "../../site/served";

function file(path: string, content: string | Uint8Array): { readonly path: string; readonly base64: string } {
  return { path, base64: Buffer.from(content).toString("base64") };
}

function svg(content: string, before = ""): ReturnType<typeof file> {
  return file("mc/a.svg", `${before}<svg xmlns="http://www.w3.org/2000/svg">${content}</svg>`);
}

describe("a file beside a runbook", () => {
  const shown: readonly (readonly [what: string, file: ReturnType<typeof file>])[] = [
    ["a photograph", file("mc/a.png", Uint8Array.of(0x89, 0x50, 0xff))],
    ["a name in capitals", file("mc/A.JPG", "x")],
    ["a drawing", svg('<title>One</title><g style="fill: red"><path d="M0 0"/></g>')],
    [
      "a drawing with a font and an image in it",
      svg('<style>@font-face{src:url(data:font/woff2;base64,AA)}</style><image href="data:image/png;base64,AA"/>'),
    ],
    ["a drawing with words about scripts", svg("<text>run the script: onload=1, javascript</text><desc>script</desc>")],
    [
      "a drawing as editors save it",
      svg(
        '<switch><foreignObject><div xmlns="http://www.w3.org/1999/xhtml">mc</div></foreignObject></switch>',
        '<?xml version="1.0" encoding="UTF-8" standalone="no"?>\n<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd">',
      ),
    ],
    ["a drawing with what an editor notes", svg("<metadata><?xpacket end='w'?><!-- <script> --></metadata>")],
    ["a drawing with a link", svg('<a xlink:href="https://example.com/"><text>x</text></a><use href="#a"/>')],
  ];
  for (const [what, each] of shown)
    it(`is on the site: ${what}`, () => {
      assert.equal(isImage(each), true);
    });

  const refused: readonly (readonly [what: string, file: ReturnType<typeof file>])[] = [
    ["a page", file("mc/a.html", "<script>hacked=1</script>")],
    ["a script", file("mc/a.js", "hacked=1")],
    ["a style", file("mc/a.css", "")],
    ["no ending", file("mc/png", "")],
    ["a property of objects", file("mc/a.constructor", "")],
    ["a script within", svg("<script>hacked=1</script>")],
    ["a script of another prefix", svg('<x:script xmlns:x="http://www.w3.org/1999/xhtml">hacked=1</x:script>')],
    ["a handler", svg('<g onload="hacked=1"/>')],
    ["a handler in capitals", svg('<g ONLOAD="hacked=1"/>')],
    ["a link that runs", svg('<a xlink:href="java&#10;script:hacked=1"/>')],
    ["a link that comes to run", svg('<set attributeName="href" to="&#106;avascript:hacked=1"/>')],
    ["a page within", svg('<foreignObject><iframe xmlns="http://www.w3.org/1999/xhtml" srcdoc="x"/></foreignObject>')],
    ["a drawing within a drawing", svg('<use href="data:image/svg+xml,x#a"/>')],
    ["an entity", svg("&a;", '<!DOCTYPE svg [<!ENTITY a "x">]>')],
    ["a declaration that hides a script", svg("<script>hacked=1</script>", "<!DOCTYPE svg [<!-- > <![CDATA[ --> ]>")],
    ["an address that hides a script", svg("<script>hacked=1</script>", '<!DOCTYPE svg SYSTEM "> <!--">')],
    ["an instruction that hides a script", svg("<script>hacked=1</script>", "<?a > <!-- ?>")],
    ["a style sheet from elsewhere", svg("", '<?xml-stylesheet href="https://stolen.example/"?>')],
    ["another encoding", svg("", '<?xml version="1.0" encoding="UTF-7"?>')],
    ["UTF-16", file("mc/a.svg", Buffer.from("<svg><script>hacked=1</script></svg>", "utf16le"))],
  ];
  for (const [what, each] of refused)
    it(`is not on the site: ${what}`, () => {
      assert.equal(isImage(each), false);
    });
});

describe("the images of a site", () => {
  const bytes = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0, 0xff, 0xfe);
  const content = devContent();
  const model = { ...content.model, runbookFiles: [file("mc/img/a b.png", bytes), file("mc/evil.html", "x")] };
  const files = renderSite({ ...content, model }, loadSiteAssets());

  it("lie where their runbooks show them, and nothing else does", () => {
    const before = new Set(renderSite(content, loadSiteAssets()).keys());
    assert.deepEqual(
      [...files.keys()].filter((path) => !before.has(path)),
      ["runbooks/mc/img/a b.png"],
    );
    assert.deepEqual(files.get("runbooks/mc/img/a b.png"), Buffer.from(bytes));
  });

  it("are deployed byte for byte, with their service", () => {
    const found = siteConfigMaps(files, model, "site").flatMap(({ part, data, binaryData = {}, items }) =>
      items.filter(({ path }) => path.endsWith(".png")).map(({ key }) => ({ part, text: data[key], base64: binaryData[key] })),
    );
    assert.deepEqual(found, [{ part: "mc", text: undefined, base64: Buffer.from(bytes).toString("base64") }]);
  });

  it("make other ConfigMaps when they change", () => {
    const changed = new Map([...files, ["runbooks/mc/img/a b.png", Uint8Array.of(1)] as const]);
    const namesOf = (some: typeof files): readonly string[] => siteConfigMaps(some, model, "site").map(({ name }) => name);
    assert.equal(namesOf(changed).filter((name) => !namesOf(files).includes(name)).length, 1);
  });
});
