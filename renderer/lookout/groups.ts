/** Findings in the order in which people are told: by severity, then by kind, with the words for each. */

import type { Finding, FindingKind, Severity } from '../../main/contract.ts';
import { messages } from '../messages/messages.ts';
import { formatSize } from '../text/format.ts';

export interface KindGroup {
  kind: FindingKind;
  title: string;
  /** The reason where it is the same for all of them; null: each has its own. */
  reason: string | null;
  findings: Finding[];
}

export interface SeverityGroup {
  severity: Severity;
  count: number;
  kinds: KindGroup[];
}

const SEVERITIES: Severity[] = ['danger', 'note', 'harmless'];

export function groupsOf(findings: readonly Finding[]): SeverityGroup[] {
  return SEVERITIES.map((severity) => {
    const here = findings.filter((finding) => finding.severity === severity);
    return { severity, count: here.length, kinds: kindsOf(here) };
  }).filter(({ count }) => count > 0);
}

function kindsOf(findings: readonly Finding[]): KindGroup[] {
  const byKind = new Map<FindingKind, Finding[]>();
  for (const finding of findings) {
    const list = byKind.get(finding.kind);
    if (list === undefined) byKind.set(finding.kind, [finding]);
    else list.push(finding);
  }
  // The messages stand in the order of weight.
  const order = Object.keys(messages.lookout.kinds);
  return [...byKind]
    .sort(([a], [b]) => order.indexOf(a) - order.indexOf(b))
    .map(([kind, list]) => ({
      kind,
      title: messages.lookout.kinds[kind].title,
      reason: commonReason(list),
      findings: list,
    }));
}

export function reasonOf({ kind, sort, bytes }: Finding): string {
  const { kinds, sorts } = messages.lookout;
  return kinds[kind].reason({ sort: sorts[sort ?? 'other'], size: formatSize(bytes ?? 0) });
}

function commonReason(findings: readonly Finding[]): string | null {
  const first = reasonOf(findings[0]);
  return findings.every((finding) => reasonOf(finding) === first) ? first : null;
}
