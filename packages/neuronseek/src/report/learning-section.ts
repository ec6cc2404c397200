import type { DiscoverReport, ModelSummary } from '@neuronseek/search';
import { formatNumber } from '../format-number.js';
import { escapeMarkup } from './escape-markup.js';
import { confusionChart } from './svg/confusion-chart.js';
import { lineChart } from './svg/line-chart.js';
import { scatterChart } from './svg/scatter-chart.js';

/** Predictions of the found network against the truth, and the learning curves of every model that has some. */
export function learningSection(report: DiscoverReport): string {
  const curves = report.models.filter((model) => model.trace.length > 0).map(learningCurve);
  return `<section><h2>The network of such neurons</h2><div class="charts">
${[predictions(report), ...curves].join('\n')}
</div></section>`;
}

function predictions({ task, classes, target, predictions: { actual, predicted }, models }: DiscoverReport): string {
  const name = models[0]?.name ?? 'the network';
  if (task === 'classification') {
    const right = actual.filter((truth, i) => truth === predicted[i]).length;
    const chart = confusionChart({ title: 'Confusion matrix on the test rows', classes, actual, predicted });
    return `<figure>${chart}<figcaption>${escapeMarkup(name)}: ${formatNumber(right)} of ${formatNumber(actual.length)} test rows right. Colour is the share of a row.</figcaption></figure>`;
  }
  const chart = scatterChart({
    title: 'Predicted against true values on the test rows',
    xLabel: `true ${target}`,
    yLabel: `predicted ${target}`,
    points: actual.map((truth, i) => [truth, predicted[i] ?? Number.NaN]),
  });
  return `<figure>${chart}<figcaption>${escapeMarkup(name)} on ${formatNumber(actual.length)} test rows; on the dashed diagonal the prediction is exact.</figcaption></figure>`;
}

function learningCurve({ name, trace }: ModelSummary): string {
  const chart = lineChart({
    title: `Learning curve of ${name}`,
    xLabel: 'epoch',
    yLabel: `loss, ${name}`,
    series: [
      { label: 'validation', tone: 'accent', points: trace.map((step) => [step.epoch, step.validation]) },
      { label: 'training', tone: 'muted', dashed: true, points: trace.map((step) => [step.epoch, step.train]) },
    ],
  });
  const lowest = trace.reduce((best, step) => (step.validation < best.validation ? step : best));
  return `<figure>${chart}<figcaption>${escapeMarkup(name)}: lowest validation loss ${formatNumber(lowest.validation)}, at epoch ${formatNumber(lowest.epoch)}.</figcaption></figure>`;
}
