# ---
# title: What a number is worth
# minutes: 78
# needs: lesson 08, or training, validation and a small convolutional network from elsewhere
# questions:
#   - How well will a network read people it has never met?
#   - When is one network better than another, and when is it only luckier?
#   - What does an accuracy need beside it before it says anything?
# objectives:
#   - text: compare with a baseline that learns nothing
#     shown_by: [majority_baseline, nearest_neighbour]
#   - text: split pictures so that the test asks the question you mean
#     shown_by: [split_by_group]
#   - text: say how uncertain a share and a training are
#     shown_by: [accuracy_interval, mean_and_spread]
#   - text: read from a confusion matrix where a network errs
#     shown_by: [confusion_matrix]
#   - text: plan a comparison that tells a real difference from luck
#     shown_by: [compare]
# key_points:
#   - An accuracy without its baseline, its split and its uncertainty says nothing.
#   - >-
#     What belongs together (a writer, a patient, an animal) stays on one side of the split.
#   - >-
#     A share of n pictures is uncertain by at least √(p · (1 − p) / n), a training by what another
#     seed and another split would have given.
#   - >-
#     Learn on one set, choose by a second, and ask the third one question, once.
#   - Compare two networks on the same splits, and look at the differences.
# ---

# %% [markdown]
# ## A network that knew the hospital (2 minutes)
#
# In 2018 a group of doctors and engineers trained networks to find pneumonia in chest X-rays. On
# new pictures from the hospitals that it had learned from, the network did well. On those of a
# third hospital it did clearly worse. They also found that a network can tell almost without fail
# *which hospital* a picture comes from. In one of them pneumonia was far more common, so knowing
# the hospital was already half an answer.

# %% [markdown]
# The good number was no mistake. It answered a different question from the one that mattered.
#
# Lesson 08 ended with a number, too: the small network reads about 97 % of the digits it has not
# seen. Here you find out what that is worth.

# %%
import numpy as np
from IPython.display import display

from convolab import nn
from convolab.check import check, ready
from convolab.data import digit_writers, digits, split
from convolab.figures import AccuracyInterval, plots

images, labels = digits()
images = images[:, None] / 16  # (N, 1, 8, 8), from 0 to 1
learn, unseen = split(labels)  # drawn at random, as in lesson 08


def network(seed):
    """The small network of lesson 08: 1,610 weights and biases."""
    layers = [nn.Conv2D(16, 3), nn.ReLU(), nn.MaxPool2D(2), nn.Flatten(), nn.Dense(10)]
    return nn.Sequential(layers, (1, 8, 8), seed)


def train(model, which, epochs=20, seed=0, shift=0):
    """Trains a network on these digits, as lesson 08 does, and returns it."""
    settings = {"batch_size": 32, "weight_decay": 0, "seed": seed, "shift": shift}
    nn.train(model, images[which], labels[which], epochs, schedule=lambda done: 0.05, **settings)
    return model


def read(model, which, pictures=images):
    """The share of these digits that it reads correctly, in %."""
    return 100 * (model.predict(pictures[which]) == labels[which]).mean()


print(f"{read(train(network(0), learn), unseen):.1f} % of {len(unseen)} unseen digits are read")

# %% [markdown]
# ## What you get for nothing (12 minutes)
#
# Is that much? Compare it with something that learns nothing. The first **baseline** always gives
# the same answer: the class that is commonest among the digits to learn from. If 990 of 1,000
# patients are healthy, it is right for 99 %, and has not looked at anybody.
#
# **Exercise.** Write `majority_baseline(known, asked)`. `np.bincount(labels)` counts how often 0,
# 1, 2, … occur.


# %% exercise="majority_baseline"
def majority_baseline(known, asked):
    """The share of the asked labels that are the commonest class of the known ones.

    known, asked: (N,) and (M,) class numbers. Where several classes are equally common, the
    smallest number counts. Returns a number from 0 to 1.
    """
    ### BEGIN SOLUTION
    commonest = np.bincount(known).argmax()
    return float((asked == commonest).mean())
    ### END SOLUTION


# %% check="majority_baseline"
check("majority_baseline")

# %% [markdown]
# The second one is better. The **nearest neighbour** keeps all pictures that it was given. Asked
# about a new one, it looks for the most similar in its store and gives that one's label. How far
# two pictures are apart is the sum of the squared differences of their pixels.
#
# In numbers: [1, 0] and [3, 4] are 2² + 4² = 20 apart.
#
# **Exercise.** Write `nearest_neighbour(known, labels, asked)`. `known - one` subtracts one picture
# from each of the N in the store.


# %% exercise="nearest_neighbour"
def nearest_neighbour(known, labels, asked):
    """The label of the nearest known picture, for each picture that is asked about: (M,).

    known: (N, 1, H, W), labels: (N,), asked: (M, 1, H, W). The nearest has the smallest sum of
    squared differences; where several are equally near, the first of them counts.
    """
    ### BEGIN SOLUTION
    answers = []
    for one in asked:
        apart = ((known - one) ** 2).sum(axis=(1, 2, 3))
        answers.append(labels[apart.argmin()])
    return np.array(answers)
    ### END SOLUTION


# %% check="nearest_neighbour"
check("nearest_neighbour")


# %%
def neighbour(store, asked):
    """The share of digits that the nearest neighbour reads correctly, in %."""
    found = nearest_neighbour(images[store], labels[store], images[asked])
    return 100 * (found == labels[asked]).mean()


if ready("majority_baseline", "nearest_neighbour"):
    print(f"always the same: {100 * majority_baseline(labels[learn], labels[unseen]):.1f} %")
    print(f"nearest neighbour: {neighbour(learn, unseen):.1f} %")

# %% [markdown]
# So without any weights and without any training, the nearest neighbour does no worse than the
# network. Was it all for nothing? Before you answer, look at the question that was asked.

# %% [markdown]
# ## Who wrote it? (10 minutes)
#
# Thirteen people wrote these digits. The file does not say who wrote which, but their order gives
# it away. Here are the labels as they come:

# %%
print("".join(map(str, labels[:130])))
print("".join(map(str, labels[1415:1545])))

# %% [markdown]
# Nobody would write the same 130 digits by accident: everybody copied the same **form**. In the
# file it comes fourteen times, with a digit missing here and there: somebody filled in two.
# `digit_writers` looks for a piece of text that is in all of them, goes back to where the counting
# from 0 to 9 begins, and treats the two most similar forms as one person's.
#
# That is an inference, so test it. If it is right, the most similar other picture should often be
# by the same person, and less often if we move all the borders by a few digits.

# %%
writers = digit_writers()  # 0 to 12; the two most similar forms count as one person
flat = images.reshape(len(images), 64)
apart = (flat**2).sum(axis=1) - 2 * flat @ flat.T  # distances, less one number a row
np.fill_diagonal(apart, np.inf)  # no picture is its own neighbour
nearest = apart.argmin(axis=1)
for moved in (-40, -10, 0, 10, 40):
    by = np.roll(writers, moved)
    print(f"borders moved by {moved}: {(by == by[nearest]).mean():.0%} by the same person")
by = np.random.default_rng(0).permutation(writers)
print(f"writers shuffled: {(by == by[nearest]).mean():.0%} by the same person")

# %% [markdown]
# More than half are by the same person, and each shift makes it less. So most borders are right.
# (Who filled in two remains a guess.)
#
# That explains the first number. In a random split every writer is on both sides, and the nearest
# neighbour often finds a digit by the same hand. The test asked: *how well do you read new digits
# by people you know?* A post office reads letters from strangers.

# %% [markdown]
# So split by **group**: all digits of one person are on the same side. Five pictures of the groups
# [2, 0, 0, 1, 2], with group 0 drawn and kept for the test, give the positions [0, 3, 4] to learn
# from and [1, 2] for the test.
#
# **Exercise.** Write `split_by_group(groups, several, seed)`. Draw with
# `np.random.default_rng(seed).permutation(…)` from the group numbers that occur, and keep the first
# `several`. `np.isin(a, b)` says of each number of a whether it is in b, `~` swaps True and
# False, and `np.flatnonzero` lists the positions that are True.


# %% exercise="split_by_group"
def split_by_group(groups, several, seed):
    """The positions to learn from, and those that are kept: two arrays, each in rising order.

    groups: (N,) whole numbers, the group of each picture. several: how many groups are kept, all
    pictures of them: the first of a permutation of np.unique(groups) by the seed's generator.
    """
    ### BEGIN SOLUTION
    order = np.random.default_rng(seed).permutation(np.unique(groups))
    kept = np.isin(groups, order[:several])
    return np.flatnonzero(~kept), np.flatnonzero(kept)
    ### END SOLUTION


# %% check="split_by_group"
check("split_by_group")

# %% [markdown]
# **Predict.** Three writers of thirteen are kept, drawn anew five times. How much of the nearest
# neighbour's 98 or 99 % will be left?

# %%
if ready("split_by_group", "nearest_neighbour"):
    for seed in range(5):
        known, new = neighbour(*split(labels, seed=seed)), split_by_group(writers, 3, seed)
        print(f"people it knows {known:.1f} %, new people {neighbour(*new):.1f} %")

# %% [markdown]
# **What you saw.** On new people it mostly errs three or four times as often. The numbers
# scatter more: some people are harder to read. (Seeds 0 and 2 draw the same three.)

# %% [markdown]
# ## How sure is a share? (14 minutes)
#
# A test set is a sample. If a network reads 90 of 100 digits, then with another hundred it might
# have been 87, or 94. Such a share p typically differs from the truth by
#
# $$\sqrt{p\,(1 - p) / n}$$
#
# Here that is √(0.9 · 0.1 / 100) = 0.03. Twice as much to either side holds the truth in about 95
# of 100 cases: roughly from 84 to 96 %.
#
# **By hand.** How many test digits does it take for an interval half as wide?

# %% answer="by_hand_more"
### BEGIN SOLUTION
by_hand_more = 400
### END SOLUTION

# %% check="by_hand_more"
check("by_hand_more")

# %% [markdown]
# The simple formula fails at the ends. If 50 of 50 are right, it says "100 %, give or take 0", as
# if no mistake were possible. Edwin Wilson's interval of 1927 is hardly more work and has no such
# holes:
#
# $$\frac{p + \frac{z^2}{2n} \pm z \sqrt{\frac{p(1-p)}{n} + \frac{z^2}{4n^2}}}{1 + \frac{z^2}{n}}$$
#
# With z = 1.96 it holds the truth in about 95 of 100 cases. For 50 of 50 it goes from 0.929 to 1.

# %% [markdown]
# **Exercise.** Write `accuracy_interval(right, several, z)`, where p is `right / several`, and n is
# `several`. Compute the middle and half of the width one after the other.


# %% exercise="accuracy_interval"
def accuracy_interval(right, several, z=1.96):
    """The ends of Wilson's interval for a share: (low, high), numbers from 0 to 1.

    right: how many answers are right, of `several`. z: 1.96 for 95 of 100 cases.
    """
    ### BEGIN SOLUTION
    share, add = right / several, z**2 / several
    middle = (share + add / 2) / (1 + add)
    half = z * np.sqrt(share * (1 - share) / several + add / (4 * several)) / (1 + add)
    return float(middle - half), float(middle + half)
    ### END SOLUTION


# %% check="accuracy_interval"
check("accuracy_interval")

# %% [markdown]
# Here are two networks, one of which reads 95 % and the other 92 %. The bars show what was
# measured, and the lines across their ends where the truth may be.
#
# **Predict.** How many test pictures does it take until the two intervals no longer touch: 100,
# 300, 1,000 or 3,000? Then find out with the slider.

# %%
AccuracyInterval({"with convolution": 95, "without": 92}, pictures=360)

# %% [markdown]
# **What you saw.** Just over a thousand. With 360 the lines overlap widely, which proves
# neither that one is better nor that both are equal. (Where they overlap only a little, the
# difference may well be real.) And there is a catch. The formula takes pictures to be independent.
# If three people wrote them all, the truth is less certain than it says.

# %% [markdown]
# ## Once is not enough (8 minutes)
#
# Even on the same digits, another seed gives another network; other people give another number.
# So train several times, and report the mean and the **spread**: the standard deviation, how far
# results typically are from their mean. Divide the sum of the squares by n − 1, since the mean
# comes from the same numbers and lies too close to them.
#
# In numbers: 90, 94 and 95 have the mean 93. The squares 9, 1 and 4 add up to 14; √(14 / 2) is 2.6.
# The mean of independent results is uncertain by about spread / √n, here 1.5.

# %% [markdown]
# **Exercise.** Write `mean_and_spread(results)`.


# %% exercise="mean_and_spread"
def mean_and_spread(results):
    """The mean and the standard deviation, its squares divided by n − 1: two numbers.

    results: a list or an array of at least two numbers.
    """
    ### BEGIN SOLUTION
    return float(np.mean(results)), float(np.std(results, ddof=1))
    ### END SOLUTION


# %% check="mean_and_spread"
check("mean_and_spread")

# %% [markdown]
# Now in earnest: what is the convolution worth? The fair opponent has hidden units and
# ReLU as well, and **about as many weights**, but no convolution: 64 inputs, 21 units, 10 scores,
# 1,585 weights and biases. Both learn from the same people and are asked about the same new ones,
# five times. (A few seconds.)


# %%
def plain(seed):
    """A network without convolution, of the same size."""
    layers = [nn.Flatten(), nn.Dense(21), nn.ReLU(), nn.Dense(10)]
    return nn.Sequential(layers, (1, 8, 8), seed)


def three_ways(known, new, seed):
    """What three ways read, in %: nearest neighbour, without convolution, with it."""
    found = (
        neighbour(known, new),
        *(read(train(make(seed), known, seed=seed), new) for make in (plain, network)),
    )
    print(" ".join(f"{share:.1f}" for share in found))
    return found


if ready("nearest_neighbour", "split_by_group", "mean_and_spread"):
    print("people it knows: nearest neighbour, without convolution, with convolution")
    at_random = np.array([three_ways(*split(labels, seed=seed), seed) for seed in range(5)])
    print("new people")
    by_writer = np.array([three_ways(*split_by_group(writers, 3, seed), seed) for seed in range(5)])
    for name, table in (("people it knows", at_random), ("new people", by_writer)):
        said = ", ".join("{:.1f} ± {:.1f}".format(*mean_and_spread(way)) for way in table.T)
        lead = "{:.1f} ± {:.1f}".format(*mean_and_spread(table[:, 2] - table[:, 1]))
        print(f"{name}: {said}; the convolution is ahead by {lead}")

# %% [markdown]
# **What you saw.** With people it knows, the convolution seems to be worth a point; with new ones,
# more than two. So the random split not only promised too much, it also seems to have hidden some
# of what is good about a convolution. (The nearest neighbour, with 1,400 pictures for a memory, is
# ahead of both on average, though not in every row.)
#
# Look at the rows, too. Both networks find the same people hard, so the *difference* scatters less
# than you would expect from the two columns. Comparing on the same split takes the people out of
# it.

# %% [markdown]
# ## The set that chose (7 minutes)
#
# **Predict.** A hundred networks that know nothing guess 50 test digits, each by itself. The best
# of them is reported. What is its accuracy, about?
#
# - **a** — 10 %
# - **b** — 20 %
# - **c** — 50 %
# - **d** — 90 %

# %% answer="predict_best"
### BEGIN SOLUTION
predict_best = "b"
### END SOLUTION

# %% check="predict_best"
check("predict_best")

# %%
rng = np.random.default_rng(0)
for _ in range(3):
    truth, guesses = rng.integers(0, 10, 50), rng.integers(0, 10, (100, 50))
    best = (guesses == truth).mean(axis=1).argmax()
    again = (rng.integers(0, 10, 1000) == rng.integers(0, 10, 1000)).mean()
    print(
        f"the best of a hundred: {(guesses[best] == truth).mean():.0%}, with new digits {again:.0%}"
    )

# %% [markdown]
# Try many things, report the one that does best on the test, and you report its luck as well.
# Hence **three sets**. *Training* digits set the weights. *Validation* digits choose:
# among learning rates, architectures, epochs. *Test* digits are asked one question, once, when all
# is decided. All three by group.
#
# **A program to fix.** It is given the validation and the test shares of several networks, and
# returns the number of the one to take (counted from 0) and the share to report.


# %% answer="trap_choice"
def trap_choice(validation, test):
    """The number of the network to take, the first of equals, and the share to report."""
    ### BEGIN SOLUTION stub: best = int(np.argmax(test))
    best = int(np.argmax(validation))
    ### END SOLUTION
    return best, float(test[best])


# %% check="trap_choice"
check("trap_choice")

# %% [markdown]
# ## Where does it err? (8 minutes)
#
# An accuracy is one number for ten classes. The **confusion matrix** keeps them apart: row i,
# column j is how often an i was taken for a j. Right answers are on the diagonal.
#
# **Exercise.** Write `confusion_matrix(labels, said, classes)`.


# %% exercise="confusion_matrix"
def confusion_matrix(labels, said, classes):
    """How often each class was taken for each: an array (classes, classes).

    labels, said: (N,) class numbers, what it was and what was said. Rows are labels.
    """
    ### BEGIN SOLUTION
    counts = np.zeros((classes, classes), dtype=int)
    for label, answer in zip(labels, said, strict=True):
        counts[label, answer] += 1
    return counts
    ### END SOLUTION


# %% check="confusion_matrix"
check("confusion_matrix")

# %% [markdown]
# **By hand.** In the matrix below, which share of the pictures of class 1 was recognised? Classes
# are counted from 0. (It is called the **recall** of class 1.)
#
# | | said 0 | said 1 | said 2 |
# |---|---|---|---|
# | **0** | 8 | 2 | 0 |
# | **1** | 1 | 6 | 3 |
# | **2** | 0 | 0 | 10 |

# %% answer="by_hand_recall"
### BEGIN SOLUTION
by_hand_recall = 0.6
### END SOLUTION

# %% check="by_hand_recall"
check("by_hand_recall")

# %%
if ready("split_by_group", "confusion_matrix"):
    known, new = split_by_group(writers, 3, 0)
    said = train(network(0), known).predict(images[new])
    counts = confusion_matrix(labels[new], said, 10)
    display(plots.confusion(counts))
    recalls = counts.diagonal() / counts.sum(axis=1)
    print("recall of 0 to 9:", " ".join(f"{share:.0%}" for share in recalls))

# %% [markdown]
# **What you saw.** The mistakes are not spread evenly. Some digits are read without fail, and the
# sevens only about two times in three; most of the lost ones are taken for nines. If you have to
# rely on the sevens, a mean of 93 % is no help. And one person wrote nearly all the lost sevens, so
# this recall is less certain than `accuracy_interval` says.

# %% [markdown]
# ## Pooling or data? (3 minutes)
#
# Lesson 05 met a claim from a tutorial: that a network forgives small shifts *because of pooling,
# not because of more samples*. Now you can test it. Two networks, one of which pools; the other
# has kernels of 4 × 4 that move on by 2 pixels, so that its maps are as small. Each is trained with
# the digits as they are, or moved by up to a pixel at random. All are asked about new people, whose
# digits are moved by a pixel.
#
# **Predict.** What helps more? (Some seconds.)


# %%
def no_pooling(seed):
    """Strides instead of pooling: 1,722 weights and biases."""
    layers = [nn.Conv2D(16, 4, 2), nn.ReLU(), nn.Flatten(), nn.Dense(10)]
    return nn.Sequential(layers, (1, 8, 8), seed)


padded = np.pad(images, ((0, 0), (0, 0), (1, 1), (1, 1)))
corners = ((0, 1), (2, 1), (1, 0), (1, 2))  # where the window of 8 × 8 begins: a pixel off
shifted = [padded[:, :, row : row + 8, column : column + 8] for row, column in corners]

if ready("split_by_group", "mean_and_spread"):
    found = {}
    for seed in range(5):
        known, new = split_by_group(writers, 3, seed)
        for make in (no_pooling, network):
            for shift in (0, 1):
                model = train(make(seed), known, epochs=10, seed=seed, shift=shift)
                share = np.mean([read(model, new, pictures) for pictures in shifted])
                found.setdefault((make, shift), []).append(share)
    plain_still, plain_moved, pool_still, pool_moved = map(np.array, found.values())
    for name, shares in (
        ("neither", plain_still),
        ("pooling alone", pool_still),
        ("moved digits alone", plain_moved),
        ("both", pool_moved),
        ("pooling adds", pool_still - plain_still),
        ("moved digits add", plain_moved - plain_still),
        ("pooling adds to moved digits", pool_moved - plain_moved),
    ):
        print("{}: {:.1f} ± {:.1f}".format(name, *mean_and_spread(shares)))

# %% [markdown]
# **What you saw.** Pooling helps: by nearly twenty points alone, and by some three where the digits
# are moved in training. The moved digits help more: by about forty points. Twenty and forty are
# many times their spread, so they are not luck. Here the claim fails: both help, the moved digits
# more, and the two together are best.

# %% [markdown]
# ## Plan a comparison (9 minutes)
#
# **An open task.** There are two networks, A and B. Perhaps one is better by three points, perhaps
# they are equal. 24 trainings are paid for, each on a split of your choice, by writers. Each result
# is the sum of three parts: the network, the split (some people write badly, which moves both
# networks alike, by some 4 points) and luck of its own (1.5 points). The same network on the same
# split gives the same result again.

# %% [markdown]
# Write `compare(results)`. It is called up to six times. `results` holds all trainings so far, each
# as (network, split, accuracy in %); it starts empty. Return either a list of more trainings,
# such as `[("A", 0), ("B", 0)]`, or your verdict: `"A"`, `"B"` or `"same"`. It is measured on
# eighty simulated comparisons. A difference that is real should be found, and one that is luck
# should not.


# %% exercise="compare"
def compare(results):
    """More trainings, a list of (network, split), or the verdict: "A", "B" or "same".

    results: a list of (network, split, accuracy), empty at first. network: "A" or "B"; split: a
    whole number from 0 to 999; accuracy: in %.
    """
    ### BEGIN SOLUTION
    if not results:
        return [(network, split) for split in range(12) for network in "AB"]
    share = {(network, split): accuracy for network, split, accuracy in results}
    differences = [share["B", split] - share["A", split] for split in range(12)]
    mean, spread = np.mean(differences), np.std(differences, ddof=1)
    if abs(mean) < 2 * spread / np.sqrt(12):
        return "same"
    return "B" if mean > 0 else "A"
    ### END SOLUTION


# %% check="compare"
check("compare")

# %% [markdown]
# ## Explain (2 minutes)
#
# A friend's new network reads 96.4 % of 500 pictures, the old one 95.6 %. "It is better," she says.
# In two sentences: what would you ask her first, and why?

# %% [markdown]
# *Write your two sentences here.*

# %% [markdown]
# <details><summary>One answer</summary>
#
# Those are four pictures of 500, while either share is uncertain by nearly a point, and another
# seed or other people would move both by more. So I would ask what the difference is on the same
# splits, by writer, for several seeds, and whether these 500 have already been used to choose.
#
# </details>

# %% [markdown] key_points=true
# ## Summary (1 minute)
#
# You know now what to ask of any accuracy that you read, and of your own first.

# %% [markdown]
# ## A question to talk about (2 minutes)
#
# An app tells dogs from wolves. Its makers had 8,000 photographs of 50 animals, of which 1,600,
# drawn at random, were kept for the test. It recognises 97 % of them. What is the first objection?
#
# - **a** — 1,600 pictures are too few
# - **b** — nobody says what the majority baseline reaches
# - **c** — it was trained with a single seed
# - **d** — every animal is in training and in the test

# %% answer="discussion_10"
### BEGIN SOLUTION
discussion_10 = "d"
### END SOLUTION

# %% check="discussion_10"
check("discussion_10")

# %% [markdown]
# ## Go further
#
# Nothing here is graded, and nothing later needs it. Take what interests you.
#
# **Does Wilson keep his word?** Draw a thousand tests of 50 pictures for a network whose true
# accuracy you know. How often is the truth in the interval, by either formula?

# %%
if ready("accuracy_interval"):
    for truth in (0.5, 0.9, 0.98):
        rights = np.random.default_rng(0).binomial(50, truth, 1000)
        wilson = np.array([accuracy_interval(right, 50) for right in rights])
        half = 1.96 * np.sqrt(rights / 50 * (1 - rights / 50) / 50)
        held = (wilson[:, 0] <= truth) & (truth <= wilson[:, 1])
        simple = np.abs(rights / 50 - truth) <= half
        print(
            f"truth {truth:.0%}: Wilson {held.mean():.0%}, the simple formula {simple.mean():.0%}"
        )

# %% [markdown]
# **One person at a time.** Let each of the thirteen be the test once. Whose digits are hardest, and
# what do they look like? `split_by_group` draws; here `np.flatnonzero(writers == person)` is what
# you want.
#
# **How many people?** Train with the digits of 2, 4, 8 people, but with equally many pictures. Is
# it the pictures or the people that a network needs?
#
# **The same mistakes?** When two networks are tested on the same pictures, those count that only
# one of them reads. How many are there of each kind, and is the difference more than
# a coin would give? (It is called McNemar's test.)

# %% [markdown]
# ## Where this comes from
#
# - John R. Zech and others, *Variable generalization performance of a deep learning model to detect
#   pneumonia in chest radiographs: A cross-sectional study*, 2018. The hospitals.
# - Edwin B. Wilson, *Probable inference, the law of succession, and statistical inference*, 1927.
#   The interval of a share.
# - Quinn McNemar, *Note on the sampling error of the difference between correlated proportions or
#   percentages*, 1947. Two networks on the same pictures.

# %% [markdown]
# - Ethem Alpaydin and Cenk Kaynak, *Optical recognition of handwritten digits*, 1998. The digits,
#   by 13 people.
# - The scikit-learn developers at Inria, *Scikit-learn MOOC: Sample grouping*, 2021. That the order
#   of the digits tells who wrote them.
# - Gregory Gundersen, *From Convolution to Neural Network*, 2017. The claim that pooling, not more
#   samples, makes a network robust.

# %% [markdown]
# **How far are you?** Run the next cell whenever you like: it lists every exercise of this lesson,
# your points so far and what to do next.

# %% summary=true
from convolab.check import summary

summary("10")

# %% [markdown] teacher=true
# ## For the teacher
#
# **Timing.** Seventy-eight minutes are full; ninety are comfortable. In class: 10 for the
# baselines, 15 for the writers, 15 for the interval with the figure, 15 for seeds and the opponent,
# 10 for the set that chose, the rest for the matrix and the plan.
#
# **On the board.** A table with thirteen people as rows. First colour single cells at random, then
# whole rows. Which of the two is the post office?
#
# **The two commonest mistakes.** In `split_by_group`, *pictures are drawn*: ask whether somebody
# can be on both sides. In `accuracy_interval`, *the simple formula*: let them ask it about 50 of
# 50.

# %% [markdown] teacher=true
# **The open task.** Good plans differ: the mean difference against twice its uncertainty, half of
# the three points as a limit, counting on how many splits B wins, the median, or six splits first
# and six more if in doubt. What they share is the pairing. Give the class the plan *twelve splits
# for A, twelve others for B*, and let them find out why it misses most real differences.
#
# **The writers.** The borders are inferred, and agree with those that others have found by eye but
# for one, by nine digits. Fourteen forms and thirteen people: the first two forms are the most
# alike, so they are kept together. If that is wrong, one person may be on both sides.
#
# **The question.** *d* is right. The others are fair, and come later. Ask how the photographs
# should be split, and what the snow behind the wolves has to do with it.
#
# **Shorter.** Leave out *Where does it err?* and *Pooling or data?* (11 minutes). **Longer.**
# *Go further*: people against pictures is a project for an afternoon.
