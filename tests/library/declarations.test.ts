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

  it("say of every argument of a component what it is, and of one that may be left out what happens then", () => {
    const unsaid = argumentsOf().flatMap(({ place, comment, isOptional }) =>
      comment === "" || (isOptional && !comment.includes("left out")) ? [place] : [],
    );
    assert.deepEqual(unsaid, []);
  });

  it("name in the arguments of a component no type that a program cannot import", () => {
    const exported = new Set(exportsOf("index").map(({ name }) => name));
    const unknown = argumentsOf().flatMap(({ place, types }) =>
      types.filter((type) => !exported.has(type)).map((type) => `${place}: ${type}`),
    );
    assert.deepEqual(unknown, []);
  });

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

interface Argument {
  readonly place: string;
  readonly comment: string;
  readonly isOptional: boolean;
  /** The types of this package by their names. */
  readonly types: readonly string[];
}

/** The properties of every `…Args`, and of what a component has to offer. */
function argumentsOf(): readonly Argument[] {
  const checker = program.getTypeChecker();
  const file = program.getSourceFile(resolve(root, "library/index.ts"));
  const symbol = file && checker.getSymbolAtLocation(file);
  return (symbol ? checker.getExportsOfModule(symbol) : []).flatMap((exported) => {
    const declared = exported.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(exported) : exported;
    return (declared.declarations ?? []).flatMap((declaration) => {
      if (!declaration.getSourceFile().fileName.startsWith(resolve(root, "components"))) return [];
      if (!ts.isInterfaceDeclaration(declaration) && !ts.isClassDeclaration(declaration)) return [];
      return [...declaration.members].flatMap((member) => {
        if (!ts.isPropertySignature(member) && !ts.isPropertyDeclaration(member)) return [];
        const own = checker.getSymbolAtLocation(member.name);
        return {
          place: `${exported.name}.${member.name.getText()}`,
          comment: own ? ts.displayPartsToString(own.getDocumentationComment(checker)) : "",
          isOptional: member.questionToken !== undefined,
          types: member.type ? namedIn(member.type, checker) : [],
        };
      });
    });
  });
}

function namedIn(type: ts.TypeNode, checker: ts.TypeChecker): readonly string[] {
  const names: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isTypeReferenceNode(node) && ts.isIdentifier(node.typeName)) {
      const found = checker.getSymbolAtLocation(node.typeName);
      const declared = found && found.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(found) : found;
      const places = (declared?.declarations ?? []).map((each) => each.getSourceFile().fileName);
      if (places.some((place) => !place.includes("node_modules"))) names.push(node.typeName.text);
    }
    ts.forEachChild(node, visit);
  };
  visit(type);
  return names;
}
