/** Settings of the SDK's XML codec: timestamps as ISO 8601 unless a member says otherwise. */
export const xmlSettings = (xmlNamespace: string) => ({
  timestampFormat: { useTrait: true, default: 5 as const },
  httpBindings: true,
  xmlNamespace,
  serviceNamespace: xmlNamespace,
});

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
};

/** Text as it may stand in an XML element. */
export const escapeXml = (text: string) => text.replace(/[&<>"']/g, (character) => ENTITIES[character] ?? '');
