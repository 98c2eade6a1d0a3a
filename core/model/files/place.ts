/** Where a value stands in a file: the document of the file, and the keys that lead to the value. Lines are told later. */
export interface At {
  readonly document: number;
  readonly path: readonly (string | number)[];
  /** Where the value is itself a document, such as a dashboard in a ConfigMap: the way on within it. */
  readonly within?: At & { readonly format: "yaml" | "json" };
}

/** The value one step further. */
export function below(at: At, ...steps: readonly (string | number)[]): At {
  if (at.within) return { ...at, within: { ...at.within, path: [...at.within.path, ...steps] } };
  return { ...at, path: [...at.path, ...steps] };
}
