# %% [markdown]
# # The figures, one after another
#
# Every live figure of the course, with what it shows by itself. Run a cell and move what can be
# moved: by mouse, by touch, or with Tab and the arrow keys. Each takes your own numbers as
# well; `help(SlidingKernel1D)` says how.

# %%
import numpy as np
from IPython.display import display

from convolab import data, nn
from convolab.figures import (
    AccuracyInterval,
    ConvArithmetic,
    KernelEditor,
    LayerStack,
    NetworkExplorer,
    OcclusionExplorer,
    PoolingExplorer,
    SharedWeights,
    SlidingKernel1D,
    SlidingKernel2D,
    TrainingMonitor,
)

# %% [markdown]
# ## SlidingKernel1D
#
# A kernel slides over a signal, and every output is the sum of the products where they overlap.
# Move it place by place, turn the reversal off, or change the mode and watch the ends.

# %%
SlidingKernel1D([10, 9, 10, 9, 10, 1, 10, 9, 10, 8], [1 / 3, 1 / 3, 1 / 3], x=5)

# %% [markdown]
# The same for a long and noisy signal. The wider the kernel, the smoother the output, and the
# more of the signal goes with the noise.

# %%
SlidingKernel1D.noisy()

# %% [markdown]
# ## SlidingKernel2D
#
# The same in two directions, on an image of numbers. Point at an output to see the patch it
# comes from, and choose what lies beyond the border.

# %%
SlidingKernel2D(row=1, column=2)

# %% [markdown]
# ## KernelEditor
#
# A kernel that you edit cell by cell, live on a photograph or a digit. The sum of its weights
# says whether it keeps the brightness or sees only change.

# %%
KernelEditor("Sobel across", show="output", scaling="rescale")

# %% [markdown]
# ## SharedWeights
#
# A layer as neurons and wires, and beside it as a matrix. Make it dense, local or shared, and
# count the weights that are left.

# %%
SharedWeights()

# %% [markdown]
# ## PoolingExplorer
#
# A feature map and what pooling makes of it, before and after the map moves a little. Below
# is how far the pooled values change on average, and how many survive.

# %%
PoolingExplorer(shift=1)

# %% [markdown]
# ## ConvArithmetic
#
# How many places a kernel has on an input, with padding and stride. Where sizes do not fit
# it says why, and which columns no window covers.

# %%
ConvArithmetic(13, 3, 0, 2)

# %% [markdown]
# ## LayerStack
#
# Layers on top of each other, with their sizes and parameters. The cone goes from one output
# down to all the pixels that it can see.

# %%
LayerStack()

# %% [markdown]
# ## NetworkExplorer
#
# A whole LeNet on a digit that you choose or draw. Press on any unit to see the patch it comes
# from in the layer before, and its sum spelled out.

# %%
NetworkExplorer(digit=5, layer="conv2", map=6)

# %% [markdown]
# ## TrainingMonitor
#
# Loss, accuracy and kernels while a network trains, here a small one on 8×8 digits. While the
# second cell runs, move the learning rate, or stop it; afterwards the slider *epoch* goes back
# through what happened.

# %%
monitor = TrainingMonitor(epochs=8, learning_rate=0.05)
display(monitor)

# %%
images, labels = data.digits()
images = (images[:, None] / 16).astype(np.float32)
learn, test = data.split(labels)
model = nn.small_cnn()
monitor.clear()
nn.train(
    model,
    images[learn],
    labels[learn],
    epochs=8,
    schedule=monitor.schedule,
    callback=monitor.follow(model, (images[test], labels[test]), images[learn]),
)
monitor.describe()

# %% [markdown]
# ## AccuracyInterval
#
# Two accuracies, each with an interval that probably holds the true value. With few test pictures
# the intervals overlap; move the slider to see how many it takes to tell the two apart.

# %%
AccuracyInterval({"with convolution": 95, "no convolution": 92}, pictures=360)

# %% [markdown]
# ## OcclusionExplorer
#
# What does a network look at? A square under the mouse covers part of a digit, and the ten
# probabilities move. Beside it are what the square does at every place, and the saliency: how much
# each pixel moves the score.

# %%
OcclusionExplorer(picture=3)
