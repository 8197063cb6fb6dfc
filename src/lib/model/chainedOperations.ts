/** Lets tensors carry their operations (`a.add(b)`), in browsers. Node gets them with the package `@tensorflow/tfjs`. */
import '@tensorflow/tfjs-core/dist/public/chained_ops/register_all_chained_ops';
