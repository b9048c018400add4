const SVG = 'http://www.w3.org/2000/svg';

/** How a swatch shows what it stands for: as it is drawn in the chart. */
export type SwatchLook = 'line' | 'dashed' | 'marked' | PointLook | 'fill' | 'hatched';

/** Shapes of points, so that lines of points differ by more than their color. */
export type PointLook = 'dots' | 'crosses' | 'rings';

/** A small drawing of a line or an area for legends and tooltips; it follows the theme. */
export function swatch(color: string, look: SwatchLook): SVGSVGElement {
  const svg = element('svg', { viewBox: '0 0 20 10', width: '20', height: '10' });
  svg.setAttribute('class', `swatch ${look}`);
  svg.setAttribute('aria-hidden', 'true');
  svg.style.color = `var(--${color})`;
  svg.append(...shapesOf(look));
  return svg as SVGSVGElement;
}

function shapesOf(look: SwatchLook): SVGElement[] {
  const paint = { stroke: 'currentColor', 'stroke-width': '2.5' };
  switch (look) {
    case 'line':
      return [element('path', { d: 'M0 5H20', ...paint })];
    case 'dashed':
      return [element('path', { d: 'M0 5H20', ...paint, 'stroke-dasharray': '4 4' })];
    case 'marked':
      return [
        element('path', { d: 'M0 5H20', ...paint, 'stroke-width': '1.5' }),
        element('circle', { cx: '10', cy: '5', r: '4', fill: 'currentColor' }),
      ];
    case 'dots':
      return [element('circle', { cx: '10', cy: '5', r: '4', fill: 'currentColor' })];
    case 'crosses':
      return [element('path', { d: 'M6.5 1.5L13.5 8.5M6.5 8.5L13.5 1.5', ...paint })];
    case 'rings':
      return [element('circle', { cx: '10', cy: '5', r: '3.5', fill: 'none', ...paint })];
    case 'fill':
      return [element('rect', { width: '20', height: '10', rx: '2', fill: 'currentColor' })];
    case 'hatched':
      return [
        element('path', { d: 'M1 10L9 0M7 10L15 0M13 10L20 1', ...paint, 'stroke-width': '1.5' }),
      ];
  }
}

function element(name: string, attributes: Readonly<Record<string, string>>): SVGElement {
  const one = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) one.setAttribute(key, value);
  return one;
}
