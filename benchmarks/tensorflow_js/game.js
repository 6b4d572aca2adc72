/**
 * The playground's default game in TensorFlow.js, to compare its speed with: two networks
 * of two hidden layers, non-saturating loss, Adam for both, a ring of eight clusters.
 */
globalThis.tensorflowGame = (tf, width, batch) => {
  const uniform = (shape, bound) => tf.variable(tf.randomUniform(shape, -bound, bound));
  const network = (sizes) =>
    sizes.slice(1).map((outputs, l) => {
      const bound = 1 / Math.sqrt(sizes[l]);
      return [uniform([sizes[l], outputs], bound), uniform([outputs], bound)];
    });
  const forward = (layers, x) =>
    layers.reduce((h, [weight, bias], l) => {
      const y = tf.add(tf.matMul(h, weight), bias);
      return l + 1 < layers.length ? tf.leakyRelu(y, 0.2) : y;
    }, x);
  const generator = network([2, width, width, 2]);
  const discriminator = network([2, width, width, 1]);
  const adam = () => tf.train.adam(1e-3, 0.5, 0.999, 1e-8);
  const [gAdam, dAdam] = [adam(), adam()];
  const real = () => {
    const points = new Float32Array(2 * batch);
    for (let k = 0; k < batch; k++) {
      const angle = (Math.floor(8 * Math.random()) * Math.PI) / 4;
      points[2 * k] = 2 * Math.cos(angle) + 0.1 * (Math.random() + Math.random() - 1);
      points[2 * k + 1] = 2 * Math.sin(angle) + 0.1 * (Math.random() + Math.random() - 1);
    }
    return tf.tensor2d(points, [batch, 2]);
  };
  const noise = () => tf.randomNormal([batch, 2]);
  const step = () => tf.tidy(() => {
    const fake = forward(generator, noise()), data = real();
    dAdam.minimize(() => {
      const onReal = forward(discriminator, data), onFake = forward(discriminator, fake);
      return tf.add(tf.mean(tf.softplus(tf.neg(onReal))), tf.mean(tf.softplus(onFake)));
    }, false, discriminator.flat());
    gAdam.minimize(() => {
      const onFake = forward(discriminator, forward(generator, noise()));
      return tf.mean(tf.softplus(tf.neg(onFake)));
    }, false, generator.flat());
  });
  /** Steps a second over at least `seconds`, with the last weights read back. */
  return (seconds) => {
    for (let k = 0; k < 20; k++) step();
    generator[0][0].dataSync();
    const start = performance.now();
    let steps = 0;
    while (performance.now() - start < 1000 * seconds) {
      step();
      steps += 1;
    }
    generator[0][0].dataSync();
    return (1000 * steps) / (performance.now() - start);
  };
};
