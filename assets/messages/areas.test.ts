import { readdirSync } from 'node:fs';
import { expect, test } from 'vitest';

test('no two areas of English have a group of the same name: one would cover the other', async () => {
  const folder = new URL('./en/', import.meta.url);
  const files = readdirSync(folder).filter((name) => name !== 'index.ts' && name !== 'plural.ts');
  const groups: string[] = [];
  for (const file of files) {
    const area: Record<string, object> = await import(/* @vite-ignore */ `./en/${file}`);
    for (const texts of Object.values(area)) groups.push(...Object.keys(texts));
  }
  expect(files.length).toBeGreaterThan(5);
  expect(groups.filter((group, i) => groups.indexOf(group) !== i)).toEqual([]);
});
