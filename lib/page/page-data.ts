import type { PageData } from '../core/render/html/page-data.ts';

/** What the page carries; of its own making, so its shape is trusted. */
export function readPageData(page: Document): PageData {
  return JSON.parse(page.getElementById('data')?.textContent ?? '{}') as PageData;
}
