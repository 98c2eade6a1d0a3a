/** A setting as Pulumi.yaml declares it. */
export interface SettingDeclaration {
  readonly key: string;
  readonly description: string;
  readonly default: unknown;
}
