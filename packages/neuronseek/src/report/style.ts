/** Style sheet of the report page: system font, one accent colour, light and dark, one column on a phone. */
export const STYLE = `
:root { color-scheme: light dark; --ink: #1b1d21; --soft: #5c626b; --rule: #dfe2e6; --paper: #fffefb; --wash: #f4f3ee; --accent: #1f5fae; --on-accent: #fff; }
@media (prefers-color-scheme: dark) {
  :root { --ink: #e4e6ea; --soft: #9aa1ab; --rule: #33373e; --paper: #15171a; --wash: #1d2024; --accent: #7db0f2; --on-accent: #10151c; }
}
* { box-sizing: border-box; }
html { background: var(--paper); -webkit-text-size-adjust: 100%; text-size-adjust: 100%; }
body { margin: 0 auto; padding: clamp(1.5rem, 6vw, 5rem) clamp(1.1rem, 5vw, 3rem); max-width: 66rem; color: var(--ink); font: 1rem/1.55 system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif; font-variant-numeric: tabular-nums; overflow-wrap: break-word; }
p, li { max-width: 42rem; }
.kicker { margin: 0 0 .4rem; color: var(--accent); font-size: .85rem; font-weight: 600; letter-spacing: .03em; }
h1 { margin: 0 0 .5rem; font-size: clamp(1.7rem, 4.5vw, 2.5rem); line-height: 1.15; font-weight: 650; letter-spacing: -.015em; text-wrap: balance; }
.lede { margin: 0; color: var(--soft); }
h2 { margin: 3.4rem 0 .8rem; padding-top: .7rem; border-top: 1px solid var(--ink); font-size: 1.2rem; line-height: 1.3; font-weight: 650; }
h3 { margin: 2rem 0 .5rem; font-size: 1rem; font-weight: 650; }
.formula { margin: 2.2rem 0 0; padding: 1.5rem clamp(1rem, 3vw, 2rem); background: var(--wash); border-left: 3px solid var(--accent); }
.formula p { margin: 0; max-width: none; }
.structure { font: clamp(1.2rem, 3.4vw, 1.7rem)/1.45 "STIX Two Math", "Cambria Math", ui-serif, Georgia, "Times New Roman", serif; }
.formula .note { margin-top: .5rem; color: var(--soft); font-size: .88rem; }
.expanded { margin: 0; padding-left: 2rem; text-indent: -2rem; font: 1.05rem/1.75 "STIX Two Math", "Cambria Math", ui-serif, Georgia, "Times New Roman", serif; max-width: none; }
.figures { display: grid; grid-template-columns: repeat(auto-fit, minmax(8.5rem, 1fr)); gap: 1.4rem 2rem; margin: 2.2rem 0 0; }
.figures div { border-top: 1px solid var(--rule); padding-top: .5rem; }
.figures dt { color: var(--soft); font-size: .85rem; }
.figures dd { margin: 0; font-size: 1.55rem; font-weight: 600; line-height: 1.25; }
.figures dd small { display: block; font-size: .82rem; font-weight: 400; color: var(--soft); line-height: 1.4; }
.remarks { margin: 2.2rem 0 0; padding: 0; list-style: none; }
.remarks li { padding: .55rem 0 .55rem 1rem; border-left: 1px solid var(--soft); margin-bottom: .5rem; font-size: .95rem; }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; font-size: .92rem; line-height: 1.4; }
th { text-align: left; font-weight: 600; color: var(--soft); font-size: .82rem; vertical-align: bottom; border-bottom: 1px solid var(--ink); }
th, td { padding: .5rem 1.1rem .5rem 0; }
td { vertical-align: top; border-bottom: 1px solid var(--rule); }
th:last-child, td:last-child { padding-right: 0; }
.number { text-align: right; white-space: nowrap; }
.wide { min-width: 14rem; }
.phrase { min-width: 11.5rem; }
.narrow { max-width: 42rem; }
.name { min-width: 7rem; }
tr.first td:not(.wide), tr.kept td:first-child { font-weight: 600; }
tr.dropped td { color: var(--soft); }
.mark { color: var(--accent); font-weight: 600; }
.bar { display: inline-block; width: 3.4rem; height: .5rem; margin-left: .6rem; background: var(--rule); vertical-align: .05em; }
.bar i { display: block; height: 100%; background: var(--accent); }
.charts { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 24rem), 1fr)); gap: 2.4rem 3rem; margin-top: 1.2rem; }
figure { margin: 0; min-width: 0; }
figure svg { display: block; width: 100%; max-width: 34rem; height: auto; overflow: visible; }
figcaption { margin-top: .6rem; color: var(--soft); font-size: .88rem; max-width: 34rem; }
.columns { margin: 0; padding: 0 0 0 1.2rem; color: var(--soft); font-size: .92rem; }
footer { margin-top: 4rem; padding-top: .8rem; border-top: 1px solid var(--rule); color: var(--soft); font-size: .85rem; }
@media (max-width: 34rem) {
  .stack thead { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
  .stack, .stack tbody, .stack tr, .stack td { display: block; width: auto; }
  .stack tr { padding: .7rem 0; border-bottom: 1px solid var(--rule); }
  .stack td { padding: .08rem 0; border: 0; text-align: left; white-space: normal; min-width: 0; }
  .stack td[data-label]::before { content: attr(data-label) ": "; color: var(--soft); font-weight: 400; }
  .stack td.blank { display: none; }
  .stack tr td:first-child { font-weight: 600; font-size: 1rem; }
}
@media print { body { padding: 0; max-width: none; } h2 { break-after: avoid; } figure, tr { break-inside: avoid; } }
`;
