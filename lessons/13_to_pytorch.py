# ---
# title: To PyTorch
# minutes: 70
# needs: lessons 07 and 08, or a convolutional network and its gradients from elsewhere; PyTorch
# questions:
#   - Is what everybody else uses the same as what you have written?
#   - Who works out the gradients if nobody writes the way back?
#   - How does a network that knows a lot learn something new from few pictures?
# objectives:
#   - text: carry weights from one layout to another without losing their order
#     shown_by: [to_torch_layout, from_channels_last]
#   - text: say what automatic differentiation records, and walk its record back
#     shown_by: [walk_back]
#   - text: freeze most of a trained network, and let the rest learn from few pictures
#     shown_by: [fine_tune_plan]
# key_points:
#   - >-
#     A framework has your layers under its own names. What differs is the order of the axes, and an
#     array in the wrong order often has the right shape.
#   - >-
#     Autograd writes down every operation, and walks the list back: slopes are multiplied along a
#     way, and added where ways meet.
#   - Gradients are added to what is there. Clear them before each walk back.
#   - Weights are data; a pickle is a program. Load weights only.
#   - >-
#     What a network has learned elsewhere helps as far as the new pictures resemble the old ones.
#     Measure it.
# ---

# %% [markdown]
# ## A network that had seen cats (2 minutes)
#
# In 2017 a group at Stanford taught a network to tell moles from skin cancer. 129,450 pictures were
# few for so large a network to start from random numbers. So they took one that had learned to tell
# a thousand kinds of things apart, cats and teapots among them, from 1.28 million photographs. They
# gave it a new last layer and trained it further. It then judged skin as well as 21
# dermatologists.

# %% [markdown]
# Such networks are handed around as files of weights, and the program that reads them is today most
# often **PyTorch**. In this lesson your own LeNet moves there: the same layers, the same numbers.
# Then you do what they did, on a small scale.
#
# The lesson needs PyTorch, which the rest of the course does not. The first cell says how to get it
# if it is missing. (The graded exercises work without it, too.)

# %%
import io
import os
import pickle
import time
from collections import OrderedDict
from pathlib import Path

import numpy as np
from IPython.display import display

from convolab import nn
from convolab.check import check, ready
from convolab.data import data_file, digit_writers, digits32, drawings, hopper, split
from convolab.figures import plots

try:
    import torch

    torch.set_num_threads(1)  # for networks as small as these that is mostly faster
except ModuleNotFoundError:
    print(
        "PyTorch is not installed here: end JupyterLab, and start it with `python -m uv run "
        "--extra torch convolab lab`, or without a clone with `python -m pip install torch` and "
        "`convolab lab`."
    )

images, labels = digits32()
images = images[:, None]  # (N, 1, 32, 32), from 0 to 1
learn, unseen = split(labels)

with np.load(data_file("lenet_digits.npz")) as file:
    lenet = {name: file[name] for name in file.files}  # the trained LeNet of lesson 07

# %% [markdown]
# ## The same numbers, laid out differently (21 minutes)
#
# A **tensor** is PyTorch's array. `torch.tensor(array)` copies an array into one, and
# `tensor.numpy()` goes back. A batch of pictures is (N, C, H, W), as in this course. Not everybody
# does so: photographs come as (H, W, C), and TensorFlow and Keras keep a batch as (N, H, W, C),
# **channels last**.
#
# **By hand.** A volume has two channels, two rows and two columns. Flattened, it is a list of eight
# numbers. At which place, counted from 0, is the number of channel 1, row 0, column 1: with
# channels first, and with channels last? Two numbers, as `[4, 7]`.

# %% answer="by_hand_flat"
### BEGIN SOLUTION
by_hand_flat = [5, 3]
### END SOLUTION

# %% check="by_hand_flat"
check("by_hand_flat")

# %% [markdown]
# **A program to fix.** It makes photographs, (N, H, W, C) from 0 to 255, into a batch for a
# network, (N, C, H, W) from 0 to 1. The shape is right. The cell below the check shows what it
# makes of Grace Hopper: red, green and blue should be three portraits.


# %% answer="trap_layout"
def trap_layout(pictures):
    """Photographs (N, H, W, C), uint8, as a batch (N, C, H, W) of floats from 0 to 1."""
    ### BEGIN SOLUTION stub: n, h, w, c = pictures.shape | return pictures.reshape(n, c, h, w) / 255
    return pictures.transpose(0, 3, 1, 2) / 255
    ### END SOLUTION


# %% check="trap_layout"
check("trap_layout")

# %%
batch = trap_layout(hopper(colour=True)[None])
display(plots.images(dict(zip(("red", "green", "blue"), batch[0], strict=True))))

# %% [markdown]
# Neither PyTorch nor NumPy could have warned you: a wrong order is no error. A network trained with
# such a batch even learns something, only worse.
#
# Weights have a layout, too. PyTorch keeps kernels as (D, C, R, R), as you do. But its dense layer,
# `Linear`, computes x @ w.T + b, so its w is (O, I), one row for each unit. And it calls a layer's
# arrays `weight` and `bias`, with a dot after the layer's name: `conv1.weight`.

# %% [markdown]
# **Exercise.** Write `to_torch_layout(parameters)`. `conv1_w` becomes `conv1.weight`, `dense3_b`
# becomes `dense3.bias`, and dense weights are transposed. `name.endswith("_w")` says whether it is
# a weight, and `name[:-2]` is the name without its last two characters.


# %% exercise="to_torch_layout"
def to_torch_layout(parameters):
    """The course's parameters under PyTorch's names and in its layout: a new dictionary.

    parameters: arrays by name, such as conv1_w (D, C, R, R), conv1_b (D,), dense1_w (I, O) and
    dense1_b (O,).
    """
    ### BEGIN SOLUTION
    state = {}
    for name, array in parameters.items():
        kind = "weight" if name.endswith("_w") else "bias"
        state[name[:-2] + "." + kind] = array.T if array.ndim == 2 else array
    return state
    ### END SOLUTION


# %% check="to_torch_layout"
check("to_torch_layout")

# %% [markdown]
# Now a network from elsewhere, which keeps channels last. Its kernels, R rows and S columns, are
# (R, S, C, D). Its dense layer gets a flattened volume, in the order that you worked out by hand.
# **Merely transposed, its weights fit, and meet the wrong numbers.** Nothing complains; the
# network just guesses.
#
# The way out: give the inputs their three axes back, put the axes in the other order, flatten
# again.

# %% [markdown]
# **Exercise.** Write `from_channels_last(kernels, w, shape)`. `x.transpose(2, 0, 1)` makes axis 2
# the first one. The units are an axis as well: w becomes (H, W, C, O), and ends as (O, C · H · W).


# %% exercise="from_channels_last"
def from_channels_last(kernels, w, shape):
    """Kernels and dense weights of a network with channels last, as PyTorch wants them: a pair.

    kernels: (R, S, C, D), which become (D, C, R, S). shape: (H, W, C) of the volume that was
    flattened. w: (H · W · C, O), which becomes (O, C · H · W), its inputs channels first.
    """
    ### BEGIN SOLUTION
    rows, columns, channels = shape
    units = w.shape[1]
    w = w.reshape(rows, columns, channels, units).transpose(3, 2, 0, 1)
    return kernels.transpose(3, 2, 0, 1), w.reshape(units, channels * rows * columns)
    ### END SOLUTION


# %% check="from_channels_last"
check("from_channels_last")

# %% [markdown]
# What does carelessness cost? Here is LeNet, first with the weights of `dense1` in the order of
# channels last. Every shape fits. Then your function puts them right.


# %%
def read(parameters, which=unseen):
    """The share of these digits that the course's LeNet reads with these weights, in %."""
    model = nn.lenet()
    for name, array in parameters.items():
        model.parameters[name][...] = array
    return 100 * (model.predict(images[which]) == labels[which]).mean()


if ready("from_channels_last"):
    order = np.arange(400).reshape(16, 5, 5).transpose(1, 2, 0).ravel()  # channels last
    elsewhere = {**lenet, "dense1_w": lenet["dense1_w"][order]}
    print(f"copied as it is: {read(elsewhere):.1f} % of {len(unseen)} unseen digits")
    _, turned = from_channels_last(np.zeros((5, 5, 6, 16)), elsewhere["dense1_w"], (5, 5, 16))
    print(f"put in order: {read({**elsewhere, 'dense1_w': turned.T}):.1f} %")

# %% [markdown]
# ## Build it (5 minutes)
#
# `torch.nn` has your layers: `Conv2d(1, 6, 5)` has 1 channel, 6 kernels of 5 × 5; `ReLU()`;
# `MaxPool2d(2)`; `Flatten()`; `Linear(400, 120)`. `Sequential` runs them one after the other, and
# an `OrderedDict` gives them names. `load_state_dict` fills in the weights, and refuses names and
# shapes that do not match.

# %% [markdown]
# **Write `build_lenet`**, without points. The table of LeNet is in lesson 07: conv1, conv2 and
# their poolings, 400 numbers, then 120, 84 and 10 units. ReLU comes after every layer with weights
# but the last. The names conv1, conv2, dense1, dense2 and dense3 have to be these; the others are
# yours.


# %% answer="lenet_scores"
def build_lenet(parameters):
    """LeNet in PyTorch, with the course's parameters: a torch.nn.Sequential."""
    layers = OrderedDict(
        conv1=torch.nn.Conv2d(1, 6, 5),
        ### BEGIN SOLUTION stub: # your layers here
        relu1=torch.nn.ReLU(),
        pool1=torch.nn.MaxPool2d(2),
        conv2=torch.nn.Conv2d(6, 16, 5),
        relu2=torch.nn.ReLU(),
        pool2=torch.nn.MaxPool2d(2),
        flatten=torch.nn.Flatten(),
        dense1=torch.nn.Linear(400, 120),
        relu3=torch.nn.ReLU(),
        dense2=torch.nn.Linear(120, 84),
        relu4=torch.nn.ReLU(),
        dense3=torch.nn.Linear(84, 10),
        ### END SOLUTION
    )
    net = torch.nn.Sequential(layers)
    state = to_torch_layout(parameters)
    net.load_state_dict({name: torch.tensor(array) for name, array in state.items()})
    return net


def lenet_scores(x):
    """What your network makes of a batch (N, 1, 32, 32), as an array (N, 10): for the check."""
    with torch.no_grad():  # nobody wants gradients here
        return build_lenet(lenet)(torch.tensor(x, dtype=torch.float32)).numpy()


# %% check="lenet_scores"
check("lenet_scores")

# %%
if ready("to_torch_layout", "lenet_scores"):
    net = build_lenet(lenet)
    print(net)
    print("weights and biases:", sum(weights.numel() for weights in net.parameters()))

    course = nn.lenet()
    for name, array in lenet.items():
        course.parameters[name][...] = array
    ours, theirs = course.forward(images[unseen]), lenet_scores(images[unseen])
    gap = np.abs(ours - theirs).max() / np.abs(ours).max()
    print(f"scores up to {np.abs(ours).max():.0f}, largest difference {gap:.0e} of that")
    print("the same answers:", (ours.argmax(axis=1) == theirs.argmax(axis=1)).all())

# %% [markdown]
# **What you saw.** 61,706 weights and biases, and scores that agree to a hundred-thousandth of
# their size or better. What is left is rounding: both compute with numbers of seven digits
# (`float32`), and add them up in different orders.

# %% [markdown]
# ## Who writes the way back? (15 minutes)
#
# In lesson 08 you wrote a way back for every layer. PyTorch asks you for none: this is
# *automatic differentiation*, or **autograd**. While you compute, it keeps a **tape**: for each
# result, what it was made from, and the numbers that its slopes need. With slopes filled in,
# lesson 08's chain, y = 3x and z = y², leaves this tape at x = 4, where y is 12:
#
# `[("y", {"x": 3}), ("z", {"y": 24})]`
#
# Walked from its end, it gives 1 for z, 24 for y, and 24 · 3 = 72 for x.

# %% [markdown]
# If a name is used several times, what comes back by each way is added up. For y = 3x and z = xy,
# the tape is `[("y", {"x": 3}), ("z", {"x": 12, "y": 4})]`, and x gets 12 directly, and 4 · 3 by
# way of y: 24. (Indeed z is 3x², and its slope 6x.)
#
# **Exercise.** Write `walk_back(tape)`. `reversed(tape)` begins at the end, and
# `slopes.get(name, 0)` is 0 for a name that has nothing yet.


# %% exercise="walk_back"
def walk_back(tape):
    """The slope of the last result with respect to every name on the tape: a dictionary.

    tape: a list of (result, inputs), in the order of computing; inputs is a dictionary with the
    result's slope with respect to each of them. Each result but the last is used further down. The
    last result's own slope is 1.
    """
    ### BEGIN SOLUTION
    slopes = {tape[-1][0]: 1}
    for result, inputs in reversed(tape):
        for name, slope in inputs.items():
            slopes[name] = slopes.get(name, 0) + slopes[result] * slope
    return slopes
    ### END SOLUTION


# %% check="walk_back"
check("walk_back")

# %% [markdown]
# In PyTorch the names are tensors. `requires_grad=True` asks for the tape, `z.backward()` walks it,
# and `x.grad` is what came back to x.

# %%
if ready("lenet_scores"):
    x = torch.tensor(4.0, requires_grad=True)
    z = x * (3 * x)
    z.backward()
    print(x.grad)

# %% [markdown]
# **By hand.** Let w be 3, and z = w². Somebody calls `(w**2).backward()`, and then the same once
# more. What is `w.grad` now? It is *added up* here, too.

# %% answer="by_hand_twice"
### BEGIN SOLUTION
by_hand_twice = 12
### END SOLUTION

# %% check="by_hand_twice"
check("by_hand_twice")

# %% [markdown]
# A common mistake in PyTorch: whoever forgets to clear the gradients steps along the sum of all
# batches so far. `optimiser.zero_grad()` clears them; the optimiser takes the steps, as your
# `sgd_step` did.
#
# Now the small network of lesson 08. `torch.nn.functional`, here `layer`, has functions:
# `conv2d(x, w, b)`, `relu(x)`, `max_pool2d(x, 2)`; `x.flatten(1)` keeps the first axis, and
# `cross_entropy(scores, labels)` has the softmax inside and takes the mean. `@` is as in NumPy.
#
# **Write the way forward in `torch_gradients`**, without points: `loss` from x. The way back is one
# line.


# %% answer="torch_gradients"
def torch_gradients(x, labels, parameters):
    """The loss of the small network and its gradients, as small_gradients of lesson 08 gives them.

    x: (N, 1, H, W), labels: (N,), parameters: conv_w, conv_b, dense_w (I, O) and dense_b.
    """
    x, labels = torch.tensor(x), torch.tensor(labels)
    p = {name: torch.tensor(array, requires_grad=True) for name, array in parameters.items()}
    layer = torch.nn.functional
    ### BEGIN SOLUTION
    maps = layer.relu(layer.conv2d(x, p["conv_w"], p["conv_b"]))
    scores = layer.max_pool2d(maps, 2).flatten(1) @ p["dense_w"] + p["dense_b"]
    loss = layer.cross_entropy(scores, labels)
    ### END SOLUTION
    loss.backward()
    return loss.item(), {name: tensor.grad.numpy() for name, tensor in p.items()}


# %% check="torch_gradients"
check("torch_gradients")

# %% [markdown]
# The check has compared it with gradients that were worked out layer by layer, as yours were. With
# LeNet, the course's engine agrees too, up to rounding, as it adds up in an order of its own:

# %%
if ready("to_torch_layout", "lenet_scores"):
    some, classes = images[:64], torch.tensor(labels[:64])
    net, course = build_lenet(lenet), nn.lenet()
    for name, array in lenet.items():
        course.parameters[name][...] = array
    torch.nn.functional.cross_entropy(net(torch.tensor(some)), classes).backward()
    course.zero_grad()
    course.forward_backward(some, labels[:64])
    own = to_torch_layout(course.gradients)
    for name, weights in net.named_parameters():
        gap = np.abs(own[name] - weights.grad.numpy()).max()
        print(f"{name}: gradients up to {np.abs(own[name]).max():.0e}, difference {gap:.0e}")

# %% [markdown]
# ## Who is faster? (2 minutes)
#
# **Predict.** LeNet, a step of training with 128 pictures: `convolab.nn`, a few hundred lines of
# NumPy, against PyTorch, on one processor core each. And on all cores? Let nothing else run, and
# measure.

# %% heavy=true
if ready("to_torch_layout", "lenet_scores"):
    some, classes = images[:128], torch.tensor(labels[:128])
    batch = torch.tensor(some)
    net, course = build_lenet(lenet), nn.lenet()
    theirs = torch.optim.SGD(net.parameters(), lr=0.01, momentum=0.9)
    ours = nn.SGD(course, learning_rate=0.01, momentum=0.9, weight_decay=0)

    def our_step():
        course.zero_grad()
        course.forward_backward(some, labels[:128])
        ours.step()

    def their_step():
        theirs.zero_grad()
        torch.nn.functional.cross_entropy(net(batch), classes).backward()
        theirs.step()

    def milliseconds(step):
        """The median of some thirty steps, or of as many as two seconds allow."""
        step()  # the first one takes longer
        seconds = []
        while len(seconds) < 30 and sum(seconds) < 2:
            start = time.perf_counter()
            step()
            seconds.append(time.perf_counter() - start)
        return 1000 * np.median(seconds)

    print(f"convolab.nn, one thread: {milliseconds(our_step):.1f} ms")
    for number in (os.cpu_count(), 1):
        torch.set_num_threads(number)
        print(f"PyTorch, threads: {number}, {milliseconds(their_step):.1f} ms")

# %% [markdown]
# **What you saw** depends on your machine and on what else runs there. Where we measured, the
# course's engine was ahead on one core: it was written for networks as small as this one. Several
# threads do not always help: for so little work they keep waiting for each other, above all where
# other programs want the cores. With millions of weights and a graphics card there is nothing to
# compare; that is what PyTorch was made for.

# %% [markdown]
# ## Save and load (2 minutes)
#
# `net.state_dict()` is a dictionary of all weights by their names: the one that you made in
# `to_torch_layout`. `torch.save` writes it, `torch.load` reads it. Think twice about a stranger's
# file. It holds a **pickle**, Python's general way of storing objects, and a pickle is a program:
# opening it can run anything. With `weights_only=True`, now the default, PyTorch reads tensors
# and plain data (numbers, text), and refuses all else.


# %%
class Trojan:
    """Looks like data, and runs a function when it is read. This one only prints."""

    def __reduce__(self):
        return print, ("A file has just run code on your machine.",)


if ready("to_torch_layout", "lenet_scores"):
    file = io.BytesIO()  # a file in memory; a path will do as well
    torch.save(net.state_dict(), file)
    file.seek(0)
    state = torch.load(file, weights_only=True)
    print("read again:", ", ".join(state))

    pickle.loads(pickle.dumps({"conv1.weight": Trojan()}))

    file = io.BytesIO()
    torch.save({"conv1.weight": Trojan()}, file)
    file.seek(0)
    try:
        torch.load(file, weights_only=True)
    except pickle.UnpicklingError:
        print("weights_only: refused")

# %% [markdown]
# ## Somebody's hand (6 minutes)
#
# A telephone that reads handwriting leaves the factory knowing many hands, but not its owner's. In
# lesson 10 some people were hard to read. Let us sell a LeNet to the hardest of them. In the
# factory it learns from the twelve others. Then the owner writes forty digits for it, four of each
# or so.
#
# This is the whole training in PyTorch. Its loop is that of lesson 08:


# %%
def teach(net, pictures, classes, epochs, rate, size, seed=0):
    """Trains all parts of a network that are not frozen, in place, and returns it."""
    torch.manual_seed(seed)
    free = [weights for weights in net.parameters() if weights.requires_grad]
    optimiser = torch.optim.SGD(free, lr=rate, momentum=0.9)
    pictures, classes = torch.tensor(pictures), torch.tensor(classes)
    for _ in range(epochs):
        for batch in torch.randperm(len(pictures)).split(size):
            optimiser.zero_grad()
            scores = net(pictures[batch])
            torch.nn.functional.cross_entropy(scores, classes[batch]).backward()
            optimiser.step()
    return net


def right(net, pictures, classes):
    """The share that a network reads, in %."""
    with torch.no_grad():
        return 100 * (net(torch.tensor(pictures)).argmax(dim=1).numpy() == classes).mean()


# %% [markdown]
# To **freeze** a part, take its tape away: `weights.requires_grad = False`. Frozen weights get no
# gradient, and the optimiser leaves them alone. To train a trained network further, or only a
# part of it, is to **fine-tune** it.
#
# **Predict.** Only the last layer goes on learning, 850 numbers of 61,706. How many of the mistakes
# on the owner's other ninety digits will be gone?
#
# - **a** — none or hardly any
# - **b** — about a quarter
# - **c** — half of them or more
# - **d** — all of them

# %% answer="predict_last"
### BEGIN SOLUTION
predict_last = "c"
### END SOLUTION

# %% check="predict_last"
check("predict_last")

# %% heavy=true
if ready("to_torch_layout", "lenet_scores"):
    writers = digit_writers()
    owner, others = np.flatnonzero(writers == 2), np.flatnonzero(writers != 2)
    forty, rest = owner[:40], owner[40:]

    factory = build_lenet(nn.lenet(seed=0).parameters)  # random weights
    teach(factory, images[others], labels[others], 8, 0.02, 32)
    print(f"from the factory: {right(factory, images[rest], labels[rest]):.1f} %")
    as_sold = {name: weights.clone() for name, weights in factory.state_dict().items()}

    for what in ("dense3", "dense", "conv", ""):
        net = build_lenet(lenet)
        net.load_state_dict(as_sold)
        for name, weights in net.named_parameters():
            weights.requires_grad = name.startswith(what)
        several = sum(weights.numel() for weights in net.parameters() if weights.requires_grad)
        teach(net, images[forty], labels[forty], 20, 0.02, 10)
        said = f"{what or 'all'}, {several:,} numbers"
        print(f"{said}: {right(net, images[rest], labels[rest]):.1f} %")

    alone = teach(
        build_lenet(nn.lenet(seed=1).parameters), images[forty], labels[forty], 20, 0.02, 10
    )
    print(f"the forty digits alone: {right(alone, images[rest], labels[rest]):.1f} %")

# %% [markdown]
# **What you saw.** The factory's LeNet misreads about one in seven digits of this hand. Once it has
# learned from forty of them, most of these mistakes are gone, whichever part goes on learning: the
# last layer alone does about as well as all layers together. From the forty digits *alone*, with
# as many epochs and without the factory, the network ends up behind all of them.
#
# But remember lesson 10: these are ninety digits, and a share of them is uncertain by some points.
# And this person was picked for being hard. Whoever is read well already has little to gain.

# %% [markdown]
# **And something else altogether?** The boats, dogs, cats and birds in `drawings()` are by several
# designers; the last one's are kept for the test. LeNet gets a new last layer with four scores. The
# rest has seen nothing but digits. **Predict:** will the digits help?

# %% heavy=true
if ready("to_torch_layout", "lenet_scores"):
    drawn, kinds, designers = drawings()
    grey = 1 - drawn @ np.array([0.299, 0.587, 0.114]) / 255  # ink is 1, as in the digits
    grey = grey[:, None].astype(np.float32)
    new = designers == designers.max()
    known = np.flatnonzero(~new)[:800]
    for start, weights_of in (("digits", lenet), ("random weights", nn.lenet(seed=0).parameters)):
        for what in ("dense3", ""):
            net = build_lenet(weights_of)
            for name, weights in net.named_parameters():
                weights.requires_grad = name.startswith(what)
            torch.manual_seed(0)
            net.dense3 = torch.nn.Linear(84, 4)  # new, and not frozen
            teach(net, grey[known], kinds[known], 15, 0.02, 32)
            said = f"from {start}, {'the last layer' if what else 'all layers'} trained"
            print(f"{said}: {right(net, grey[new], kinds[new]):.0f} % of a new designer's")

# %% [markdown]
# **What you saw.** No. With the last layer alone it reads a third or so, where guessing would read
# a quarter, and above random weights that layer does no worse. With all layers trained it reads
# more, but again not thanks to the digits. What was learned elsewhere helps as far as it fits.
#
# Now put your own pictures in place of `drawings()`: `teach` needs an array (N, 1, 32, 32) of
# float32, and the class numbers. The network that you trained with them in lesson 12 can come over
# as well, under *Go further*.

# %% [markdown]
# ## A plan for every owner (8 minutes)
#
# **An open task.** The factory wants one plan for all customers. Write
# `fine_tune_plan()`. It returns a dictionary: `train`, a list of the parts that go on learning,
# such as `["conv1.bias", "dense2.weight"]`, the `rate`, and how many `epochs` (batches of ten,
# momentum 0.9). At most 1,100 numbers may learn. With forty digits each from three people, 94 %
# of the rest should be read.


# %% exercise="fine_tune_plan"
def fine_tune_plan():
    """What is fine-tuned, and how: a dictionary with train, rate and epochs.

    train: a list of names such as "dense1.weight". rate: a number. epochs: a whole number.
    """
    ### BEGIN SOLUTION
    return {"train": ["dense3.weight", "dense3.bias"], "rate": 0.02, "epochs": 20}
    ### END SOLUTION


# %% check="fine_tune_plan"
check("fine_tune_plan")

# %% [markdown]
# ## Read a real network (3 minutes)
#
# In 2012 AlexNet won a contest of reading photographs by so wide a margin that deep learning became
# widely known. In PyTorch it is one page, and you can read every line of it:


# %%
def build_alexnet(classes=1000):
    """AlexNet for photographs (3, 224, 224), as it is built today."""
    t = torch.nn
    features = t.Sequential(
        *(t.Conv2d(3, 64, 11, stride=4, padding=2), t.ReLU(), t.MaxPool2d(3, stride=2)),
        *(t.Conv2d(64, 192, 5, padding=2), t.ReLU(), t.MaxPool2d(3, stride=2)),
        *(t.Conv2d(192, 384, 3, padding=1), t.ReLU()),
        *(t.Conv2d(384, 256, 3, padding=1), t.ReLU()),
        *(t.Conv2d(256, 256, 3, padding=1), t.ReLU(), t.MaxPool2d(3, stride=2)),
    )
    classifier = t.Sequential(
        *(t.Flatten(), t.Dropout(), t.Linear(256 * 6 * 6, 4096), t.ReLU()),
        *(t.Dropout(), t.Linear(4096, 4096), t.ReLU(), t.Linear(4096, classes)),
    )
    return t.Sequential(OrderedDict(features=features, classifier=classifier))


# %% [markdown]
# (`Dropout` sets half of its inputs to 0 at random, so that no unit can rely on a single other
# one. When the learning is over, `net.eval()` turns it off.)
#
# **By hand.** How many columns do the maps of the first convolution have? The formula of lesson
# 06: (224 + 2 · padding − size) / stride + 1, rounded down.

# %% answer="by_hand_alexnet"
### BEGIN SOLUTION
by_hand_alexnet = 55
### END SOLUTION

# %% check="by_hand_alexnet"
check("by_hand_alexnet")

# %%
if ready("lenet_scores"):
    with torch.device("meta"):  # shapes alone: no memory, no numbers
        alexnet, x = build_alexnet(), torch.empty(1, 3, 224, 224)
        for layer in alexnet.features:
            x = layer(x)
            if isinstance(layer, torch.nn.Conv2d | torch.nn.MaxPool2d):
                print(f"{type(layer).__name__}: {tuple(x.shape[1:])}")
    for name, part in alexnet.named_children():
        print(f"{name}: {sum(weights.numel() for weights in part.parameters()):,} numbers")

# %% [markdown]
# **What you saw.** 61 million numbers, a thousand times LeNet. And 58.6 million of them are in the
# three dense layers, as in lesson 04: sharing weights is what keeps the convolutions small.

# %% [markdown]
# ## Explain (2 minutes)
#
# Your way back through a network was a function for each layer, in reverse order. In two sentences:
# what does PyTorch write down in their place, and why must it keep intermediate results
# until `backward`?

# %% [markdown]
# *Write your two sentences here.*

# %% [markdown]
# <details><summary>One answer</summary>
#
# It writes down every operation with its inputs as it happens, and each operation knows how to take
# a gradient back. The slopes depend on the numbers that came in (which one won a pooling, which
# inputs a weight met), so these have to be there when the walk comes by.
#
# </details>

# %% [markdown] key_points=true
# ## Summary (1 minute)
#
# You wrote every layer of LeNet yourself. That is why you can read it in PyTorch.

# %% [markdown]
# ## A question to talk about (3 minutes)
#
# A friend has 60 photographs each of three mushroom species, and a network that has learned a
# thousand kinds of things from a million photographs. It should tell her mushrooms apart. What
# should she try first?
#
# - **a** — train the same network from random numbers, as hers were not among the million
# - **b** — keep all its weights, and translate its thousand answers into three mushrooms
# - **c** — a new last layer with three scores, everything else frozen, and some places where
#   mushrooms grow kept for the test
# - **d** — a new last layer, and train all weights further, at the learning rate they were trained
#   with

# %% answer="discussion_13"
### BEGIN SOLUTION
discussion_13 = "c"
### END SOLUTION

# %% check="discussion_13"
check("discussion_13")

# %% [markdown]
# **What comes next.** Your own question. You can build a network, train it, distrust it, look
# inside, and read what others have built.

# %% [markdown]
# ## Go further
#
# Nothing here is graded, and nothing later needs it. Take what interests you.
#
# **Your own network.** *Take it along* (lesson 12, *Go further*) writes the network for your own
# pictures into `my_network.npz`. Here it is in PyTorch. The arrays' names say how many layers there
# are, their shapes how large.


# %%
def build_own(parameters):
    """The network of lesson 12 in PyTorch: layers of kernels, as many as there are, and a dense."""
    layers, number = OrderedDict(), 1
    while f"conv{number}_w" in parameters:
        several, channels, size, _ = parameters[f"conv{number}_w"].shape
        layers[f"conv{number}"] = torch.nn.Conv2d(channels, several, size, padding=size // 2)
        layers[f"pool{number}"] = torch.nn.MaxPool2d(2)
        layers[f"leaky{number}"] = torch.nn.LeakyReLU(0.1)
        number += 1
    layers["flatten"] = torch.nn.Flatten()
    layers["dense1"] = torch.nn.Linear(*parameters["dense1_w"].shape)
    net = torch.nn.Sequential(layers)
    state = to_torch_layout(parameters)
    net.load_state_dict({name: torch.tensor(array) for name, array in state.items()})
    return net


# %% heavy=true
path = Path("../12_your_own_pictures/my_network.npz")
if not path.exists():
    print("There is no my_network.npz beside lesson 12 yet: its cell Take it along writes it.")
elif "torch" in globals() and ready("to_torch_layout"):
    with np.load(path) as file:
        mine = {name: file[name] for name in file.files}
    own = build_own({name: array for name, array in mine.items() if name[-2:] in ("_w", "_b")})
    with torch.no_grad():
        scores = own(torch.tensor(mine["pictures"])).numpy()
    gap = np.abs(scores - mine["scores"]).max() / np.abs(mine["scores"]).max()
    print(f"scores up to {np.abs(scores).max():.1f}, largest difference {gap:.0e} of that")
    said = scores.argmax(axis=1)
    for number, name in enumerate(mine["classes"]):
        print(f"{name}: said of {(said == number).sum()} of {len(said)} pictures")

# %% [markdown]
# (Do not ask this network how good it is: it has learned from all these pictures. Lesson 12
# measured networks like it on others.)
#
# **Forget to clear.** Take `optimiser.zero_grad()` out of `teach` and train the factory's LeNet.
# What becomes of it? And what if you divide the rate by ten?
#
# **A block of ResNet.** Very deep networks were hard to train until blocks got a way around: a
# block's result is *added* to its input. As on the tape, a gradient comes back by both ways, and
# the sum hands it to each unchanged. Find your own conv, ReLU and sum in it:


# %%
if "torch" in globals():

    class Block(torch.nn.Module):
        """Two convolutions, and a way around them: (N, channels, H, W) → the same shape."""

        def __init__(self, channels):
            super().__init__()
            self.conv1 = torch.nn.Conv2d(channels, channels, 3, padding=1)
            self.conv2 = torch.nn.Conv2d(channels, channels, 3, padding=1)

        def forward(self, x):
            inside = self.conv2(torch.relu(self.conv1(x)))
            return torch.relu(x + inside)

    print(Block(8)(torch.zeros(1, 8, 5, 7)).shape)

# %% [markdown]
# **Biases alone.** The 236 biases of LeNet are less than 0.4 % of it. What can a plan reach that
# trains only them, at a larger rate?
#
# **Every owner.** Try all thirteen, with `np.flatnonzero(writers == person)`. Who gains, and who is
# read worse than before?

# %% [markdown]
# ## Where this comes from
#
# - Andre Esteva and others, *Dermatologist-level classification of skin cancer with deep neural
#   networks*, 2017. The network that had seen cats.
# - Adam Paszke and others, *PyTorch: An Imperative Style, High-Performance Deep Learning
#   Library*, 2019. PyTorch.
# - Robert E. Wengert, *A simple automatic derivative evaluation program*, 1964. The list of
#   operations, today called a tape.
# - Jason Yosinski, Jeff Clune, Yoshua Bengio and Hod Lipson, *How transferable are features in deep
#   neural networks?*, 2014. What a network knows helps less the more distant the task is.

# %% [markdown]
# - Alex Krizhevsky, Ilya Sutskever and Geoffrey Hinton, *ImageNet Classification with Deep
#   Convolutional Neural Networks*, 2012. AlexNet. The one here is narrower, much as in a later
#   paper of Krizhevsky's.
# - Kaiming He, Xiangyu Zhang, Shaoqing Ren and Jian Sun, *Deep Residual Learning for Image
#   Recognition*, 2016. The way around a block.
# - Elad Ben Zaken, Shauli Ravfogel and Yoav Goldberg, *BitFit: Simple Parameter-efficient
#   Fine-tuning for Transformer-based Masked Language-models*, 2022. Biases alone.
# - Ethem Alpaydin and Cenk Kaynak, *Optical recognition of handwritten digits*, 1998. The digits.

# %% [markdown]
# **How far are you?** Run the next cell whenever you like: it lists every exercise of this lesson,
# your points so far and what to do next.

# %% summary=true
from convolab.check import summary

summary("13")

# %% [markdown] teacher=true
# ## For the teacher
#
# **PyTorch.** Graded exercises are checked with NumPy alone, and need no PyTorch at the desk.
# `lenet_scores` and `torch_gradients` do; they carry no points, so a desk without it says so in a
# sentence and takes nothing from anybody. In class, let everybody install it the day before.
#
# **Timing.** Seventy minutes. In class: 25 for the layouts, 10 for LeNet, 20 for the tape at the
# board, the rest for fine-tuning.
#
# **On the board.** The tape of z = x · (3x) as a table, and beside it a column for the slopes,
# filled from below.

# %% [markdown] teacher=true
# **The two commonest mistakes.** *Only transposed* in `from_channels_last`: let them follow one
# number of the by-hand volume. *Replaced* in `walk_back`: how many ways lead from x to z?
#
# **The open task.** Good plans differ: the last layer alone, the last weights with all biases, the
# first layer and the last. All biases alone reach about 92 %. Ask what each of them can change in
# the network, and what it cannot.
#
# **The question.** *c* is right. *b* is worth a try as a baseline. *d* is what one does later, with
# a small rate. Ask why photographs of one clump of mushrooms must not be on both sides.
#
# **Shorter.** Leave out *Who is faster?* and *Read a real network*. **Longer.** *Go further*: every
# owner, with intervals.
