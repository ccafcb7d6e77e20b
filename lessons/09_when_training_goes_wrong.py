# ---
# title: When training goes wrong
# minutes: 80
# needs: lesson 08, or gradients, learning rate and momentum, training and validation from elsewhere
# questions:
#   - How do you notice that a training goes wrong, and what do you look at first?
#   - Why does a network that has died of a large learning rate never recover?
#   - What can you do if there are too few pictures?
# objectives:
#   - text: look inside a network, and count the units that are dead
#     shown_by: [dead_share]
#   - text: let a gradient through where ReLU stops it
#     shown_by: [leaky_relu, leaky_relu_backward]
#   - text: give random weights the size that carries numbers through many layers
#     shown_by: [he_normal]
#   - text: stop before a network learns by heart, and make more of few pictures
#     shown_by: [early_stop, augment]
#   - text: cure a training that goes wrong, within a budget
#     shown_by: [cure_plan]
# key_points:
#   - >-
#     Look inside before you change anything: what goes in, which labels belong to it, what each
#     layer puts out, which units are dead.
#   - >-
#     A ReLU unit that is below 0 for every picture gets no gradient, so its weights stay as they
#     are. No smaller learning rate brings it back.
#   - Weights start at random and different, of the size √(2/I), and inputs around 1.
#   - >-
#     Training that goes up while validation does not means learning by heart: stop earlier, vary
#     the pictures, or get more of them.
# ---

# %% [markdown]
# ## A logbook (2 minutes)
#
# In 2022 Meta AI published the logbook of a language model with 175 billion weights. It had been
# trained for two months, on nearly a thousand graphics processors. More than once the loss shot up.
# Then the people on duty lowered the learning rate and went on from weights that they had saved
# earlier.
#
# When a training goes wrong, nothing raises an error. You get a number that is worse than it could
# be, and it is up to you to find out why. In this lesson you make a small network ill in five ways.
# Each time you **look inside**, give the illness its name, and cure it.

# %% [markdown]
# The patient is the small network of lesson 08, run by the course's engine: 16 kernels, ReLU,
# pooling, one dense layer. `train` is lesson 08's training, with a learning rate of 0.05. Here it
# is in good health, from three different starts.

# %%
import numpy as np
from IPython.display import display

from convolab import nn, ops
from convolab.check import check, ready
from convolab.data import digits, split
from convolab.figures import TrainingMonitor, plots
from convolab.illnesses import ILLNESSES

images, labels = digits()
images = images[:, None] / 16  # (N, 1, 8, 8), from 0 to 1
learn, unseen = split(labels)


def network(seed, activation=nn.ReLU):
    """The small network of lesson 08, with random weights; in doubles, as your own was."""
    layers = [nn.Conv2D(16, 3), activation(), nn.MaxPool2D(2), nn.Flatten(), nn.Dense(10)]
    return nn.Sequential(layers, (1, 8, 8), seed, dtype=np.float64)


def train(model, pictures, classes, rate=0.05, epochs=10, seed=0, watch=None):
    """Lesson 08's training by the course's engine, in batches of 32; returns its history."""
    settings = {"batch_size": 32, "weight_decay": 0, "seed": seed, "callback": watch}
    with np.errstate(all="ignore"):  # some of these runs overflow, and are meant to
        return nn.train(model, pictures, classes, epochs, schedule=lambda done: rate, **settings)


def read(model, pictures=images, which=unseen):
    """The share of these digits that it reads correctly."""
    with np.errstate(all="ignore"):
        return (model.predict(pictures[which]) == labels[which]).mean()


for seed in (0, 1, 2):
    healthy = network(seed)
    history = train(healthy, images[learn], labels[learn], seed=seed)
    losses = " ".join(f"{loss:.2f}" for loss in history.loss)
    print(f"loss {losses}, unseen digits read: {read(healthy):.0%}")

# %% [markdown]
# ## Look inside (10 minutes)
#
# A ReLU unit that gives 0 for *every* picture is **dead**. You can work out by hand why that
# matters.
#
# **By hand.** A unit has the weights [−2, 1] and the bias −1, followed by ReLU. It gets three
# inputs: [1, 2], [2, 0] and [0.5, 1]. The next layer sends back a gradient of 5 for each of them.
# What are the slopes of the loss with respect to the two weights, summed over the three inputs?

# %% answer="by_hand_dead"
### BEGIN SOLUTION
by_hand_dead = [0, 0]
### END SOLUTION

# %% check="by_hand_dead"
check("by_hand_dead")

# %% [markdown]
# **Exercise.** Write `dead_share(outputs)`, the share of a layer's units that are never above 0.
# `outputs` is what the layer gives for many pictures: (N, units), or (N, D, H, W) for a
# convolutional layer. There each of the D kernels counts as a unit, and it is alive if it is above
# 0 anywhere in any picture. `outputs.max(axis=(0, 2))` takes the largest number along axes 0 and 2
# together.


# %% exercise="dead_share"
def dead_share(outputs):
    """The share of a layer's units that are above 0 for no picture, a number from 0 to 1.

    outputs: (N, units), or (N, D, H, W), where each of the D kernels is a unit.
    """
    ### BEGIN SOLUTION
    axes = 0 if outputs.ndim == 2 else (0, 2, 3)
    return (outputs.max(axis=axes) <= 0).mean()
    ### END SOLUTION


# %% check="dead_share"
check("dead_share")

# %% [markdown]
# `model.activations(pictures)` lists what comes out of each layer. Number 1 is the ReLU.


# %%
def dead(model, pictures=images):
    """The share of its kernels that answer to none of the digits to learn from."""
    return dead_share(model.activations(pictures[learn])[1])


if ready("dead_share"):
    print(f"of the healthy network's kernels {dead(healthy):.0%} are dead")

# %% [markdown]
# ## A rate too small, a rate too large (11 minutes)
#
# **Predict.** The learning rate is 0.05. What will the loss look like with a hundredth of that? And
# with thirty times as much?

# %%
if ready("dead_share"):
    curves = {}
    for rate in (0.0005, 0.05, 1.5):
        for seed in (0, 1, 2):
            patient = network(seed)
            history = train(patient, images[learn], labels[learn], rate, seed=seed)
            print(f"rate {rate}: {read(patient):.0%} read, {dead(patient):.0%} dead")
            curves.setdefault(f"rate {rate}", history.loss)
    display(plots.curves(curves, title="Mean loss of each epoch, first of three starts"))

# %% [markdown]
# **What you saw.** The first illness has two faces. With a **rate too small** everything is alive
# and the loss falls, but slowly: it needs thirty epochs for the 90 % that a healthy rate has
# after one or two. With a **rate too large** the loss stays a little above 2.3, which is −log 0.1,
# the loss of guessing. You might think that the steps jump across the valley. A look inside says
# otherwise: all the kernels are dead.
#
# Would a smaller rate help now? Try it, and look at the gradients.

# %%
if ready("dead_share"):
    broken = []
    for seed in (0, 1, 2):
        patient = network(seed)
        train(patient, images[learn], labels[learn], rate=1.5, epochs=1, seed=seed)
        broken.append(patient.parameter_vector.copy())
        before = patient.parameters["conv1_w"].copy()
        train(patient, images[learn], labels[learn], rate=0.05, seed=seed)
        largest = np.abs(patient.gradients["conv1_w"]).max()
        same = np.array_equal(before, patient.parameters["conv1_w"])
        print(f"largest gradient of a kernel {largest}, unchanged by ten epochs: {same}")

# %% [markdown]
# The gradient is exactly 0, and ten epochs at a healthy rate have not changed a single weight of a
# single kernel. This is the **dying ReLU**, and it is for ever. The cure is to start over with a
# smaller rate.
#
# Or you let something through. A **leaky ReLU** gives x where x is positive, and slope · x
# elsewhere, with a small slope such as 0.01 or 0.1. With a slope of 0.1, [4, −2, 0] becomes [4,
# −0.2, 0]. On the way back `grad` passes whole where x was positive, and times the slope elsewhere.
#
# **Exercise.** Write both.


# %% exercise="leaky_relu"
def leaky_relu(x, slope=0.01):
    """x where x is positive, slope · x elsewhere: an array of floats in the shape of x.

    slope: from 0 to below 1.
    """
    ### BEGIN SOLUTION
    return np.where(x > 0, x, slope * x)
    ### END SOLUTION


# %% check="leaky_relu"
check("leaky_relu")


# %% exercise="leaky_relu_backward"
def leaky_relu_backward(grad, x, slope=0.01):
    """The gradient with respect to the input: grad where x is positive, slope · grad elsewhere.

    grad, x: arrays of the same shape. Returns an array of that shape.
    """
    ### BEGIN SOLUTION
    return np.where(x > 0, grad, slope * grad)
    ### END SOLUTION


# %% check="leaky_relu_backward"
check("leaky_relu_backward")

# %% [markdown]
# The engine has a layer that does the same. Now for an operation: take the three networks that
# died, keep all their weights, and replace only the ReLU by a leaky one. Then train at 0.05. Do
# they come back to life?

# %%
if ready("dead_share"):
    for slope in (0.01, 0.1, 0.3):
        shares = []
        for seed, weights in enumerate(broken):
            patient = network(seed, lambda slope=slope: nn.LeakyReLU(slope))
            patient.parameter_vector[...] = weights
            train(patient, images[learn], labels[learn], seed=seed)
            shares.append(f"{read(patient):.0%}")
        print(f"slope {slope}: the three networks read", ", ".join(shares))
    lost = [network(seed, lambda: nn.LeakyReLU(0.1)) for seed in (0, 1, 2)]
    for one in lost:
        losses = train(one, images[learn], labels[learn], rate=1.5, epochs=5).loss
        print("leaky from the start, rate 1.5: loss", ", ".join(f"{loss:.0e}" for loss in losses))

# %% [markdown]
# **What you saw.** They do. Networks that read 10 % now read between 70 and 94 %, the larger the
# slope the more, though not as much as after a healthy start. But a leak is no licence for large
# steps. At a rate of 1.5 leaky networks do not die, they explode: every epoch multiplies the loss
# by ten billion or more.

# %% [markdown]
# ## Weights equal, or of the wrong size (11 minutes)
#
# Why do weights start at random? Let all of them be 0.1, in all 16 kernels and in the dense layer.
#
# **Predict.** After ten epochs, how many of the other fifteen kernels are equal to the first?

# %% answer="predict_equal"
### BEGIN SOLUTION
predict_equal = 15
### END SOLUTION

# %% check="predict_equal"
check("predict_equal")

# %%
if ready("dead_share"):
    for start in (0.1, 0.0):
        for seed in (0, 1, 2):
            patient = network(seed)
            for name in ("conv1_w", "dense1_w"):
                patient.parameters[name][...] = start
            train(patient, images[learn], labels[learn], seed=seed)
            kernels = patient.parameters["conv1_w"]
            equal = sum(np.allclose(kernels[0], other) for other in kernels[1:])
            print(
                f"all weights {start}: {equal} of 15 equal to the first, {read(patient):.0%} read, "
                f"{dead(patient):.0%} dead"
            )

# %% [markdown]
# **What you saw.** The second illness: sixteen kernels do the work of one. The network reads 84 to
# 87 % of the digits, and a healthy one 96 % or more. Only rounding errors could ever tell the
# sixteen apart. Random numbers **break the symmetry**. And with weights of 0 every kernel is dead
# from the start.

# %% [markdown]
# The second illness has another face: random numbers of the **wrong size**. With two layers the
# size matters less (try it in *Go further*). With many it decides everything, because each layer
# multiplies. A unit sums I products. If the weights have the typical size s, the sum is √I · s
# times as large as the inputs. ReLU sets half of these sums to 0, which halves their mean square.
# So numbers neither grow nor shrink on their way if I · s² is 2:
#
# $$s = \sqrt{2 / I}$$

# %% [markdown]
# This is **He initialisation**, after Kaiming He. You used it in lesson 08, without the reason.
#
# **Exercise.** Write `he_normal(shape, seed)`. For a dense layer the shape is (I, O). For D kernels
# it is (D, C, R, R), and I is the number of products that make one output. Draw with
# `np.random.default_rng(seed).normal(0, size, shape)`.


# %% exercise="he_normal"
def he_normal(shape, seed):
    """Random weights around 0 of the size √(2/I), from NumPy's generator with this seed.

    shape: (I, O) for a dense layer, where I is the number of inputs; (D, C, R, R) for kernels.
    Returns an array of that shape.
    """
    ### BEGIN SOLUTION
    inputs = shape[0] if len(shape) == 2 else shape[1] * shape[2] * shape[3]
    return np.random.default_rng(seed).normal(0, np.sqrt(2 / inputs), shape)
    ### END SOLUTION


# %% check="he_normal"
check("he_normal")

# %% [markdown]
# A tower of eight hidden layers with 64 units each shows the difference. How large are the numbers
# that come out of its first, fourth and eighth layer before any training? And how many digits does
# it read after six epochs?


# %%
def tower(weights, seed):
    """Eight hidden layers, and their weights made by weights(shape, seed)."""
    hidden = [layer for _ in range(8) for layer in (nn.Dense(64), nn.ReLU())]
    model = nn.Sequential([nn.Flatten(), *hidden, nn.Dense(10)], (1, 8, 8), dtype=np.float64)
    for number, array in enumerate(model.parameters.values()):
        if array.ndim == 2:
            array[...] = weights(array.shape, 100 * seed + number)
    return model


def of_size(size):
    """A function that draws weights of this size, whatever their shape is."""
    return lambda shape, seed: np.random.default_rng(seed).normal(0, size, shape)


if ready("he_normal"):
    for name, weights in (("0.01", of_size(0.01)), ("He", he_normal), ("0.5", of_size(0.5))):
        for seed in (0, 1, 2):
            model = tower(weights, seed)
            outputs = model.activations(images[learn])
            sizes = ", ".join(f"{outputs[layer].std():.1e}" for layer in (2, 8, 16))
            history = train(model, images[learn], labels[learn], rate=0.01, epochs=6, seed=seed)
            print(f"size {name}: {sizes}; loss {history.loss[-1]:.2f}, {read(model):.0%} read")

# %% [markdown]
# **What you saw.** At 0.01 each layer makes the numbers about twenty times smaller, and the
# gradients too, so the weights hardly move. At 0.5 they grow almost threefold per layer, and the
# first steps overflow: the loss is `nan`, *not a number*. With He's size they come out about as
# large as they went in, and six epochs are enough.

# %% [markdown]
# ## The wrong inputs, the wrong labels (6 minutes)
#
# The pixels in the files go from 0 to 16, and at the top of this lesson they are divided by 16. If
# you forget that, every pixel is 16 times as large.
#
# **By hand.** Everything else stays the same: the weights, the learning rate, and the gradient that
# the next layer sends back. One step changes a weight, and so its product with the pixel. With the
# larger pixels, how many times as large is the change of that product?

# %% answer="by_hand_inputs"
### BEGIN SOLUTION
by_hand_inputs = 256
### END SOLUTION

# %% check="by_hand_inputs"
check("by_hand_inputs")

# %%
if ready("dead_share"):
    raw = 16 * images
    for rate in (0.05, 0.005):
        for seed in (0, 1, 2):
            patient = network(seed)
            loss = train(patient, raw[learn], labels[learn], rate, seed=seed).loss
            print(
                f"rate {rate}: loss {loss[0]:.2f}, later {loss[-1]:.2f}; "
                f"{read(patient, raw):.0%} read, {dead(patient, raw):.0%} dead"
            )

# %% [markdown]
# **What you saw.** The third illness: at 0.05 most kernels die, and in one start all of them. It
# looks like a rate too large, and has another cause. A smaller rate is one cure, though some
# kernels still die. The better one is to bring inputs to a size around 1, so that a rate means the
# same everywhere.

# %% [markdown]
# **A program to fix.** This one puts pictures and labels into a new order before they are split
# into batches. It runs without an error, and so does the training that follows.


# %% answer="trap_shuffle"
def trap_shuffle(images, labels, seed):
    """Images and labels in the order rng.permutation(len(images)), the same for both."""
    rng = np.random.default_rng(seed)
    order = rng.permutation(len(images))
    ### BEGIN SOLUTION stub: return images[order], labels[rng.permutation(len(labels))]
    return images[order], labels[order]
    ### END SOLUTION


# %% check="trap_shuffle"
check("trap_shuffle")

# %% [markdown]
# Here is what comes of it if you do not fix it: the fourth illness, **labels not shuffled along**.

# %%
if ready("dead_share"):
    for seed in (0, 1, 2):
        patient = network(seed)
        mixed = np.random.default_rng(seed).permutation(labels[learn])
        history = train(patient, images[learn], mixed, epochs=20, seed=seed)
        print(
            f"loss {history.loss[0]:.2f}, later {history.loss[-1]:.2f}; {dead(patient):.0%} dead; "
            f"in training {history.accuracy[-1]:.0%} right, unseen {read(patient):.0%}"
        )

# %% [markdown]
# **What you saw.** Most kernels are alive, and the loss falls a little: the network begins to learn
# the wrong labels by heart. It reads about one unseen digit in ten or fewer, no better than
# guessing. So look at a few pictures beside their labels *after* the last line that touches either.

# %% [markdown]
# ## Learned by heart (15 minutes)
#
# For the fifth illness everything is in order, except that there are only twenty pictures.

# %%
for seed in (0, 1, 2):
    few = np.random.default_rng(seed).permutation(learn)[:20]
    patient = network(seed)
    history = train(patient, images[few], labels[few], epochs=100, seed=seed)
    print(f"in training {history.accuracy[-1]:.0%}, unseen {read(patient):.0%}")

# %% [markdown]
# It knows all twenty **by heart** and misreads more than three in ten of the others. This is called
# **overfitting**. It gets worse if some labels are wrong. The next cell trains with 200 pictures,
# 80 of which get a random label. After every epoch it writes down the loss on 180 validation
# digits, and keeps a copy of the weights.


# %%
validation, test = unseen[:180], unseen[180:]


def with_wrong_labels(seed):
    """(network, validation losses, weights of each epoch, mislabelled pictures, their labels)."""
    rng = np.random.default_rng(seed)
    some = rng.permutation(learn)[:200]
    given = labels[some].copy()
    given[:80] = rng.integers(0, 10, 80)
    model, losses, kept = network(seed), [], []

    def watch(log):
        if log.batch == log.batches:
            found = model.probabilities(images[validation])
            losses.append(ops.cross_entropy(found, labels[validation]))
            kept.append(model.parameter_vector.copy())

    train(model, images[some], given, epochs=60, seed=seed, watch=watch)
    wrong = given != labels[some]  # some random labels are right by luck
    return model, losses, kept, some[wrong], given[wrong]


noisy = [with_wrong_labels(seed) for seed in (0, 1, 2)]
display(
    plots.curves({f"start {n}": run[1] for n, run in enumerate(noisy)}, title="Validation loss")
)

# %% [markdown]
# The loss falls and then rises again. So stop in between, before it gets worse: **early stopping**.
# But when? The curves are not smooth, and a single rise may mean nothing. With a **patience** of 5
# you stop once five epochs in a row have brought no new lowest loss, and go back to the lowest so
# far.

# %% [markdown]
# In numbers: the losses are 2.0, 1.0, 0.5, 0.75, 0.875, 0.25, and the patience is 2. Epoch 2,
# counted from 0, has the lowest so far. Epochs 3 and 4 bring none that is lower, so the training
# ends, and epoch 2 is kept. Nobody finds out that 0.25 would have come next.
#
# **Exercise.** Write `early_stop(losses, patience)`. A loss that only equals the lowest is no new
# lowest. If patience never runs out, keep the lowest of all.


# %% exercise="early_stop"
def early_stop(losses, patience):
    """The number of the epoch to keep, counted from 0: an int.

    losses: the validation loss after each epoch, a list or an array, at least one. patience: after
    so many epochs in a row without a new lowest loss the training ends.
    """
    ### BEGIN SOLUTION
    best = 0
    for epoch in range(1, len(losses)):
        if losses[epoch] < losses[best]:
            best = epoch
        elif epoch - best >= patience:
            break
    return best
    ### END SOLUTION


# %% check="early_stop"
check("early_stop")

# %% [markdown]
# The validation digits chose the epoch, so they cannot say how good the choice was. The other 179
# can.

# %%
if ready("early_stop"):
    for model, losses, kept, pictures, wrong in noisy:
        for epoch in (59, early_stop(losses, patience=5)):
            model.parameter_vector[...] = kept[epoch]
            by_heart = (model.predict(images[pictures]) == wrong).mean()
            share = read(model, which=test)
            print(f"epoch {epoch}: {share:.0%} read, {by_heart:.0%} of the wrong labels by heart")

# %% [markdown]
# **What you saw.** Stopping is worth 15 points or more. The network first learns what many pictures
# have in common, and only later the labels that are wrong.
#
# For the twenty pictures, whose labels are right, stopping is worth nothing. The validation loss
# rises again there too, but only because the network gets ever surer of its mistakes; it does not
# make more of them. What twenty pictures lack is variety, and you can add some: **augmentation**. A
# digit that is moved by a pixel is the same digit.

# %% [markdown]
# **Exercise.** Write `augment(images, labels, moves)`, where `moves` is a list of pairs (down,
# right). Give back all images moved by the first pair, then all of them moved by the second, and so
# on, and the labels in the same order. `ops.shift_image(image, down, right)` moves one (H, W). With
# the labels [7, 2] and three moves the new labels are [7, 2, 7, 2, 7, 2].


# %% exercise="augment"
def augment(images, labels, moves):
    """All images once for every move, and their labels: two arrays.

    images: (N, 1, H, W), labels: (N,), moves: M pairs (down, right). Returns (M · N, 1, H, W) and
    (M · N,): first all images moved by the first pair, then all moved by the second, and so on.
    """
    ### BEGIN SOLUTION
    moved = [ops.shift_image(image[0], d, r)[None] for d, r in moves for image in images]
    return np.array(moved), np.tile(labels, len(moves))
    ### END SOLUTION


# %% check="augment"
check("augment")

# %%
if ready("augment"):
    still, five = [(0, 0)], [(0, 0), (1, 0), (-1, 0), (0, 1), (0, -1)]
    for several in (20, 100):
        shares = []
        for seed in range(5):
            some = np.random.default_rng(seed).permutation(learn)[:several]
            for moves, epochs in ((still, 100), (five, 20)):
                model = network(seed)
                train(model, *augment(images[some], labels[some], moves), epochs=epochs, seed=seed)
                shares.append(100 * read(model))
        for name, found in (("as they are", shares[::2]), ("moved", shares[1::2])):
            print(f"{several} {name}: {np.round(found, 1)}, mean {np.mean(found):.1f}")

# %% [markdown]
# **What you saw.** The moves help, although the network is shown just as many pictures: by five
# points on average with twenty pictures, and by two or three with a hundred. Eighty more real
# pictures are worth 25 points. And not every change keeps the label: a 6 that is turned upside down
# is a 9.

# %% [markdown]
# ## Watch the illnesses (3 minutes)
#
# Here they are, live. Choose one in the menu *run*: it trains the small network, and counts the
# living and dead kernels after every epoch. *start anew* repeats the run with the settings that the
# sliders show.
#
# **Try:** choose *rate too large* and lower the learning rate while it trains. Nothing comes back.
# Then start anew with the smaller rate. Which of the other illnesses does a smaller rate cure?

# %%
monitor = TrainingMonitor(epochs=400, learning_rate=0.05, presets=ILLNESSES)
display(monitor)

# %% [markdown]
# ## Five records (10 minutes)
#
# Five colleagues have trained the small network, and each of them has *one* of the illnesses. These
# are their records: the largest pixel, how many of the 16 kernels are different, the loss after the
# first, the second and the last epoch, the shares read, and how many of the 16 kernels are dead.
#
# | | pixel | different | loss | training | unseen | dead |
# |---|---|---|---|---|---|---|
# | 1 | 16 | 16 | 4.98, 1.29, 1.12 | 65 % | 65 % | 15 |
# | 2 | 1 | 16 | 2.43, 2.18, 1.43 | 74 % | 74 % | 0 |
# | 3 | 1 | 16 | 2.59, 2.35, 0.01 | 100 % | 69 % | 0 |
# | 4 | 1 | 1 | 1.69, 0.67, 0.40 | 88 % | 87 % | 0 |
# | 5 | 1 | 16 | 2.41, 2.30, 2.20 | 20 % | 5 % | 2 |

# %% [markdown]
# **Diagnose.** Give each record its letter. One letter is left over.
#
# - **a** — a rate too small
# - **b** — a rate too large
# - **c** — weights all equal
# - **d** — inputs not scaled
# - **e** — labels not shuffled along
# - **f** — learned by heart

# %% answer="record_1"
### BEGIN SOLUTION
record_1 = "d"
### END SOLUTION

# %% check="record_1"
check("record_1")

# %% answer="record_2"
### BEGIN SOLUTION
record_2 = "a"
### END SOLUTION

# %% check="record_2"
check("record_2")

# %% answer="record_3"
### BEGIN SOLUTION
record_3 = "f"
### END SOLUTION

# %% check="record_3"
check("record_3")

# %% answer="record_4"
### BEGIN SOLUTION
record_4 = "c"
### END SOLUTION

# %% check="record_4"
check("record_4")

# %% answer="record_5"
### BEGIN SOLUTION
record_5 = "e"
### END SOLUTION

# %% check="record_5"
check("record_5")

# %% [markdown]
# ## Cure one (7 minutes)
#
# The sixth network has three hidden layers of 48 units, and three illnesses at once. After 20
# epochs with 400 digits it reads one in ten. This is the plan it was trained by:
#
# `{"divide_by": 1, "size": 1.0, "rate": 0.5, "slope": 0, "epochs": 20}`
#
# The pixels, from 0 to 16, are divided by `divide_by`. The weights start as random numbers of this
# `size`; `"he"` takes He's size for each layer. `rate` is the learning rate. `slope` belongs to a
# leaky ReLU, and 0 makes it plain ReLU.

# %% [markdown]
# **An open task.** Write `cure_plan`, which returns a plan of your own. You can afford six epochs.
# After them the network should read three quarters of the digits that it has not seen. This is
# measured on digits and random weights that you do not know. There are many good plans.


# %% exercise="cure_plan"
def cure_plan():
    """A plan of training: a dictionary with divide_by, size, rate, slope and epochs.

    divide_by: a number; size: a number or "he"; rate: a number; slope: 0 for ReLU, or a number
    below 1; epochs: at most 6.
    """
    ### BEGIN SOLUTION
    return {"divide_by": 16, "size": "he", "rate": 0.05, "slope": 0, "epochs": 6}
    ### END SOLUTION


# %% check="cure_plan"
check("cure_plan")

# %% [markdown]
# ## Explain (2 minutes)
#
# Somebody's loss has been at 2.3 for an hour, and all kernels are dead. In two sentences: why does
# it not help to lower the learning rate now, and what would?

# %% [markdown]
# *Write your two sentences here.*

# %% [markdown]
# <details><summary>One answer</summary>
#
# A dead unit is below 0 for every picture, where the slope of ReLU is 0, so its gradient is 0 and a
# step of any length changes nothing. Start anew with a smaller rate (and inputs and weights of a
# sensible size), or let something through with a leaky ReLU.
#
# </details>

# %% [markdown] key_points=true
# ## Summary (1 minute)
#
# You have made a network ill in five ways, and know what each of them looks like on the inside.

# %% [markdown]
# ## A question to talk about (2 minutes)
#
# You start a training and go to lunch. When you come back, the loss is 2.30, the loss of guessing,
# and it has been there for all twenty epochs. What do you do first?
#
# - **a** — start anew with a tenth of the learning rate
# - **b** — add two layers, since the network is evidently too small
# - **c** — look at some pictures with their labels as they go in, and count the dead units
# - **d** — let it run for a hundred epochs more

# %% answer="discussion_09"
### BEGIN SOLUTION
discussion_09 = "c"
### END SOLUTION

# %% check="discussion_09"
check("discussion_09")

# %% [markdown]
# ## Go further
#
# Nothing here is graded, and nothing later needs it. Take what interests you.
#
# **By heart, on purpose.** If a network cannot learn twenty pictures by heart, something is broken.
# Many people therefore begin every new training with this test. It even works with *random* labels.

# %%
twenty = learn[:20]
nonsense = np.random.default_rng(0).integers(0, 10, 20)
history = train(network(0), images[twenty], nonsense, epochs=300)
print(f"{history.accuracy[-1]:.0%} of the random labels learned")

# %% [markdown]
# **With two layers the size matters less.** Multiply all weights of the small network by a
# hundredth, or by ten, before you train it. Which of the two does harm?

# %%
if ready("dead_share"):
    for factor in (0.01, 1, 10):
        for seed in (0, 1, 2):
            patient = network(seed)
            patient.parameter_vector *= factor
            train(patient, images[learn], labels[learn], seed=seed)
            print(f"times {factor}: {read(patient):.0%} read, {dead(patient):.0%} dead")

# %% [markdown]
# **Stop the twenty.** Take the loop of `with_wrong_labels` for twenty pictures with right labels,
# and draw the validation loss and the share that is read. Where is the best epoch by the one, and
# where by the other? Then let 40 of 200 labels be wrong, or 120: how much is stopping worth?
#
# **Cures that others use.** Batch normalisation brings the outputs of each layer to a mean of 0 and
# a spread of 1, for each batch, so that the size of the weights matters less. Weight decay
# (`weight_decay` in `nn.train`) pulls all weights towards 0. Dropout switches off some of the units
# at random, anew for every batch, so that none can rely on another.

# %% [markdown]
# ## Where this comes from
#
# - Susan Zhang and others, *OPT: Open Pre-trained Transformer Language Models*, 2022. The model of
#   175 billion weights; its logbook was published with it.
# - Lu Lu and others, *Dying ReLU and Initialization: Theory and Numerical Examples*, 2020. Networks
#   that are dead from the start, the more often the deeper they are.
# - Andrew L. Maas, Awni Y. Hannun and Andrew Y. Ng, *Rectifier Nonlinearities Improve Neural
#   Network Acoustic Models*, 2013. The leaky ReLU.
# - Xavier Glorot and Yoshua Bengio, *Understanding the difficulty of training deep feedforward
#   neural networks*, 2010. That numbers should keep their size from layer to layer.

# %% [markdown]
# - Kaiming He and others, *Delving Deep into Rectifiers: Surpassing Human-Level Performance on
#   ImageNet Classification*, 2015. The size √(2/I) of random weights.
# - Chiyuan Zhang and others, *Understanding deep learning requires rethinking
#   generalization*, 2017. Networks learn random labels by heart.
# - Devansh Arpit and others, *A Closer Look at Memorization in Deep Networks*, 2017. What many
#   pictures have in common is learned first, wrong labels later.
# - Lutz Prechelt, *Early Stopping – But When?*, 1998. Patience, and what else one may stop by.
# - Andrej Karpathy, *A Recipe for Training Neural Networks*, 2019. To look at the data first, and
#   to learn a batch by heart as a test.
# - Ethem Alpaydin and Cenk Kaynak, *Optical recognition of handwritten digits*, 1998. The digits,
#   by 13 people.

# %% [markdown]
# **How far are you?** Run the next cell whenever you like: it lists every exercise of this lesson,
# your points so far and what to do next.

# %% summary=true
from convolab.check import summary

summary("09")

# %% [markdown] teacher=true
# ## For the teacher
#
# **Timing.** Eighty minutes. In class: 10 for looking inside, 15 for the rate, 15 for the start, 10
# for inputs and labels, 15 for learning by heart, 15 for the records and the cure.
#
# **On the board.** ReLU's graph, and a unit with all its inputs left of 0: where is the slope? Then
# a tower of boxes, with a factor of 1/20 on each arrow, and with 1.
#
# **The two commonest mistakes.** In `dead_share`, *the share of numbers that are 0*: ask whether
# somebody who is silent now and then is dead. In `augment`, *np.repeat for np.tile*: that is the
# fourth illness, home-made. Let them train with it and find out.

# %% [markdown] teacher=true
# **The records.** The letter left over is *b*. Many give it to record 1, and are not quite wrong:
# the steps are too large, because of the pixels. Let the class decide what each colleague should
# change, in one line.
#
# **The open task.** Good plans differ: pixels divided by 4 and a rate of 0.02, weights of size 0.2,
# a leak. Even raw pixels can be saved, by a rate of 0.005. Ask two groups with different plans to
# say why both work.
#
# **The question.** *c* is right: it takes a minute, and tells whether *a* can help at all. *b* and
# *d* hope.
#
# **The figure.** A smaller rate also helps with *inputs not scaled* and *weights too large*: it
# does against large steps, whatever they come from.
#
# **Shorter.** Leave out *Weights equal, or of the wrong size* (15 minutes); the cure then needs a
# word about `"he"`. **Longer.** Let pairs make a network ill for another pair, with a record like
# those of the table.
