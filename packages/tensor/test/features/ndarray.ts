import { feature, type Section } from './feature.js';

export const section: Section = {
  title: 'The ndarray package',
  entry: '/ndarray',
  features: {
    fromNdarray: feature(''),
    toNdarray: feature(''),
  },
};
