export { type PrintOptions, printReport } from './print/print-report.js';
export {
  type ProgressEvent,
  type ProgressLine,
  type ProgressOptions,
  type ProgressStream,
  progressLine,
} from './print/progress-line.js';
export { readTable } from './read-table/read-table.js';
export { type HtmlOptions, renderHtml } from './report/html.js';
export { type ConfusionChartOptions, confusionChart } from './report/svg/confusion-chart.js';
export { type LineChartOptions, type LineSeries, lineChart } from './report/svg/line-chart.js';
export { type ScatterChartOptions, scatterChart } from './report/svg/scatter-chart.js';
