/** The name of the ConfigMap of a dashboard; an object's name knows no capitals and no underscores. */
export function dashboardConfigMapName(prefix: string, uid: string): string {
  return `${prefix}dashboard-${uid.toLowerCase().replaceAll("_", "-")}`;
}
