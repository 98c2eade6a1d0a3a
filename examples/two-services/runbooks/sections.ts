// Written by `npm run generate` from the headings in runbooks/**/*.md. Do not edit.

/** Every section that an alert can link to, by service, file and anchor. */
export const runbooks = {
  "mail": {
    "incidentResponse": {
      "mail-incident-response": { path: "mail/incident-response.md", slug: "mail-incident-response", title: "Mail incident response" },
      "scenario-1-messages-fail": { path: "mail/incident-response.md", slug: "scenario-1-messages-fail", title: "Scenario 1: Messages fail" },
      "symptoms": { path: "mail/incident-response.md", slug: "symptoms", title: "Symptoms" },
      "impact": { path: "mail/incident-response.md", slug: "impact", title: "Impact" },
      "diagnosis": { path: "mail/incident-response.md", slug: "diagnosis", title: "Diagnosis" },
      "remediation": { path: "mail/incident-response.md", slug: "remediation", title: "Remediation" },
      "escalation": { path: "mail/incident-response.md", slug: "escalation", title: "Escalation" },
    },
  },
  "sms": {
    "incidentResponse": {
      "sms-incident-response": { path: "sms/incident-response.md", slug: "sms-incident-response", title: "Sms incident response" },
      "scenario-1-messages-fail": { path: "sms/incident-response.md", slug: "scenario-1-messages-fail", title: "Scenario 1: Messages fail" },
      "symptoms": { path: "sms/incident-response.md", slug: "symptoms", title: "Symptoms" },
      "impact": { path: "sms/incident-response.md", slug: "impact", title: "Impact" },
      "diagnosis": { path: "sms/incident-response.md", slug: "diagnosis", title: "Diagnosis" },
      "remediation": { path: "sms/incident-response.md", slug: "remediation", title: "Remediation" },
      "escalation": { path: "sms/incident-response.md", slug: "escalation", title: "Escalation" },
    },
  },
} as const;
