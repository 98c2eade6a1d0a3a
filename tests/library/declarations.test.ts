import assert from "node:assert/strict";
import { resolve } from "node:path";
import { describe, it } from "@jest/globals";
import ts from "typescript";

const root = resolve(__dirname, "../..");
const config: unknown = ts.readConfigFile(resolve(root, "tsconfig.library.json"), (path) => ts.sys.readFile(path)).config;
const { fileNames, options } = ts.parseJsonConfigFileContent(config, ts.sys, root);
const program = ts.createProgram(fileNames, options);

describe("the declarations of the library", () => {
  for (const entry of ["index", "checks", "testing"]) {
    it(`explain everything that library/${entry}.ts exports, and name no file of this repository`, () => {
      const explained = exportsOf(entry);
      assert.deepEqual(
        explained.filter(
          ({ comment }) => comment === "" || /\b(checks|components|library|load|model|render)\/[\w-]+/.test(comment),
        ),
        [],
      );
      assert.ok(explained.length > 0);
    });
  }

  it("are written in types that a reader can name: no any, and no import within a type", () => {
    const unreadable: string[] = [];
    const look = (file: string, text: string): void => {
      const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest);
      const visit = (node: ts.Node): void => {
        if (node.kind === ts.SyntaxKind.AnyKeyword || ts.isImportTypeNode(node)) unreadable.push(file);
        ts.forEachChild(node, visit);
      };
      visit(source);
    };
    program.emit(undefined, look, undefined, true);
    assert.deepEqual(unreadable, []);
  });
});

function exportsOf(entry: string): readonly { readonly name: string; readonly comment: string }[] {
  const checker = program.getTypeChecker();
  const file = program.getSourceFile(resolve(root, "library", `${entry}.ts`));
  const symbol = file && checker.getSymbolAtLocation(file);
  return (symbol ? checker.getExportsOfModule(symbol) : []).map((exported) => {
    const declared = exported.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(exported) : exported;
    return { name: exported.name, comment: ts.displayPartsToString(declared.getDocumentationComment(checker)) };
  });
}
