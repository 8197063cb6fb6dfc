/** The kernels that tfjs calls op by op, on its own memory. */
export { multiplyMatrices } from './matrixProduct';
export { convolve, convolutionFilterGradient, convolutionInputGradient } from './convolution';
export { depthwiseFilterGradient, depthwiseInputGradient } from './depthwise';
export { maxPoolGradient } from './pooling';
export { sumSegments } from './segmentSum';
