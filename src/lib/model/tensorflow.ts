/** TensorFlow.js as cells have it: core and layers in one object, with gradients and chained operations. */
import '@tensorflow/tfjs-core/dist/public/chained_ops/register_all_chained_ops';
import '@tensorflow/tfjs-core/dist/register_all_gradients';
import * as core from '@tensorflow/tfjs-core';
import * as layers from '@tensorflow/tfjs-layers';

export const tensorflow: object = { ...core, ...layers };
