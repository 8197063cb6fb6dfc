/** The kernels that tfjs calls op by op, on its own memory. */
export { multiplyMatrices, PRODUCT_SCRATCH_BYTES } from './matrixProduct';
export { convolutionFilterGradient, convolutionInputGradient } from './convolution';
export { depthwiseFilterGradient, depthwiseInputGradient } from './depthwise';
export { averagePoolGradient, maxPoolGradient } from './pooling';
export { sumSegments } from './segmentSum';
