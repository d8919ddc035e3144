"""Scores of tracking and identification from their rules in words: slow, plain, and written apart from Sources/Scoring.

It knows nothing of sparse lists: every matrix is whole, every assignment a textbook one.
"""

import math

EPSILON = 2.0 ** -52
ALPHAS = [0.05 * step for step in range(1, 20)]
TARGETS = [0.001, 0.01, 0.1]
THRESHOLDS = [step / 20 for step in range(4, 20)]


def assignment(weights):
    """The pairs of the full assignment with the largest sum: Kuhn's method with potentials on a whole matrix."""
    if not weights or not weights[0]:
        return []
    if len(weights) > len(weights[0]):
        turned = [list(column) for column in zip(*weights)]
        return sorted((row, column) for column, row in assignment(turned))
    rows, columns = len(weights), len(weights[0])
    u, v = [0.0] * (rows + 1), [0.0] * (columns + 1)
    owner = [0] * (columns + 1)
    for row in range(1, rows + 1):
        owner[0], at = row, 0
        least, way, done = [math.inf] * (columns + 1), [0] * (columns + 1), [False] * (columns + 1)
        while True:
            done[at] = True
            who, delta, following = owner[at], math.inf, 0
            for column in range(1, columns + 1):
                if done[column]:
                    continue
                cost = -weights[who - 1][column - 1] - u[who] - v[column]
                if cost < least[column]:
                    least[column], way[column] = cost, at
                if least[column] < delta:
                    delta, following = least[column], column
            for column in range(columns + 1):
                if done[column]:
                    u[owner[column]] += delta
                    v[column] -= delta
                else:
                    least[column] -= delta
            at = following
            if owner[at] == 0:
                break
        while at:
            owner[at] = owner[way[at]]
            at = way[at]
    return sorted((owner[column] - 1, column - 1) for column in range(1, columns + 1) if owner[column])


def read(path, truth):
    """Frame -> list of (id, box)."""
    frames, last = {}, 0
    for line in open(path):
        if not line.strip():
            continue
        fields = [float(field) for field in line.split(",")]
        last = max(last, int(fields[0]))
        if truth and fields[6] == 0:
            continue
        frames.setdefault(int(fields[0]), []).append((int(fields[1]), fields[2:6]))
    return frames, last


def overlap(one, other):
    (x, y, w, h), (a, b, c, d) = one, other
    across = min(x + w, a + c) - max(x, a)
    down = min(y + h, b + d) - max(y, b)
    if across <= 0 or down <= 0:
        return 0.0
    common = across * down
    return common / ((x + w - x) * (y + h - y) + (a + c - a) * (b + d - b) - common)


def over(part, whole):
    return part / whole if whole else 0.0


class Sequence:
    def __init__(self, truth, tracks, frames):
        self.frames = frames
        self.truth, self.tracks = truth, tracks
        self.truth_rows, self.track_rows = {}, {}
        for rows, count in ((truth, self.truth_rows), (tracks, self.track_rows)):
            for frame in rows.values():
                for identity, _ in frame:
                    count[identity] = count.get(identity, 0) + 1
        self.steps = []
        for number in sorted(set(truth) | set(tracks)):
            g, t = truth.get(number, []), tracks.get(number, [])
            self.steps.append(([i for i, _ in g], [i for i, _ in t], [[overlap(a, b) for _, b in t] for _, a in g]))
        self.all_truth, self.all_tracks = sum(self.truth_rows.values()), sum(self.track_rows.values())

    @classmethod
    def of(cls, truth, tracks):
        (g, one), (t, other) = read(truth, True), read(tracks, False)
        return cls(g, t, max(one, other))

    def counts(self):
        return {"num_frames": self.frames, "num_gt_dets": self.all_truth, "num_gt_ids": len(self.truth_rows),
                "num_tracker_dets": self.all_tracks, "num_tracker_ids": len(self.track_rows)}

    def hota(self):
        """Per alpha: TP, FN, FP and the sums of AssA, AssRe, AssPr, LocA over matches."""
        potential = {}
        for g, t, s in self.steps:
            for row, one in enumerate(g):
                for column, other in enumerate(t):
                    whole = sum(s[row]) + sum(line[column] for line in s) - s[row][column]
                    if whole > EPSILON:
                        key = one, other
                        potential[key] = potential.get(key, 0.0) + s[row][column] / whole
        align = {(g, t): p / (self.truth_rows[g] + self.track_rows[t] - p) for (g, t), p in potential.items()}
        chosen = []
        for g, t, s in self.steps:
            weights = [[align.get((a, b), 0.0) * s[i][j] for j, b in enumerate(t)] for i, a in enumerate(g)]
            chosen += [(g[i], t[j], s[i][j]) for i, j in assignment(weights)]
        levels = []
        for alpha in ALPHAS:
            matches = [match for match in chosen if match[2] >= alpha - EPSILON]
            together = {}
            for g, t, _ in matches:
                together[g, t] = together.get((g, t), 0) + 1
            sums = [0.0, 0.0, 0.0]
            for (g, t), m in together.items():
                sums[0] += m * m / (self.truth_rows[g] + self.track_rows[t] - m)
                sums[1] += m * m / self.truth_rows[g]
                sums[2] += m * m / self.track_rows[t]
            levels.append([len(matches), self.all_truth - len(matches), self.all_tracks - len(matches), *sums,
                           math.fsum(s for _, _, s in matches)])
        return levels

    def clear(self):
        """TP, FN, FP, IDSW, Frag, MT, PT, ML and the sum of overlaps."""
        hits = switches = fragments = 0
        total = 0.0
        last, before, matched, runs = {}, {}, {}, {}
        for g, t, s in self.steps:
            if not g or not t:
                continue
            weights = [[0.0 if s[i][j] < 0.5 - EPSILON else s[i][j] + (1000 if before.get(a) == b else 0)
                        for j, b in enumerate(t)] for i, a in enumerate(g)]
            now = {}
            for i, j in assignment(weights):
                if weights[i][j] > 0:
                    now[g[i]] = t[j]
                    total += s[i][j]
            for one, other in now.items():
                hits += 1
                switches += one in last and last[one] != other
                matched[one] = matched.get(one, 0) + 1
                runs[one] = runs.get(one, 0) + (one not in before)
            last.update(now)
            before = now
        parts = [matched.get(one, 0) / rows for one, rows in self.truth_rows.items()]
        fragments = sum(count - 1 for count in runs.values())
        return [hits, self.all_truth - hits, self.all_tracks - hits, switches, fragments, sum(p > 0.8 for p in parts),
                sum(0.2 <= p <= 0.8 for p in parts), sum(p < 0.2 for p in parts), total]

    def identity(self):
        """IDTP, IDFN, IDFP."""
        rows, columns = list(self.truth_rows), list(self.track_rows)
        weights = [[0] * len(columns) for _ in rows]
        for g, t, s in self.steps:
            for i, one in enumerate(g):
                for j, other in enumerate(t):
                    if s[i][j] >= 0.5:
                        weights[rows.index(one)][columns.index(other)] += 1
        hits = sum(weights[i][j] for i, j in assignment(weights))
        return [hits, self.all_truth - hits, self.all_tracks - hits]


def score(sequences):
    """What `glasseye score --json` prints of `hota`, `clear` and `identity`."""
    hotas = [sequence.hota() for sequence in sequences]
    levels = [[sum(values) for values in zip(*(hota[k] for hota in hotas))] for k in range(len(ALPHAS))]
    alphas = {name: [] for name in ["HOTA", "DetA", "AssA", "DetRe", "DetPr", "AssRe", "AssPr", "LocA"]}
    for tp, fn, fp, a, r, p, loc in levels:
        values = {"DetA": over(tp, tp + fn + fp), "DetRe": over(tp, tp + fn), "DetPr": over(tp, tp + fp),
                  "AssA": over(a, tp), "AssRe": over(r, tp), "AssPr": over(p, tp), "LocA": loc / tp if tp else 1.0}
        values["HOTA"] = math.sqrt(values["DetA"] * values["AssA"])
        for name, value in values.items():
            alphas[name].append(value)
    mean = {name: sum(values) / len(values) for name, values in alphas.items()}
    for place, name in enumerate(["TP", "FN", "FP"]):
        alphas[name] = [level[place] for level in levels]
    tp, fn, fp, switches, fragments, mt, pt, ml, total = map(sum, zip(*(sequence.clear() for sequence in sequences)))
    idtp, idfn, idfp = map(sum, zip(*(sequence.identity() for sequence in sequences)))
    return {
        "hota": {"mean": mean, "per_alpha": alphas},
        "clear": {"MOTA": over(tp - fp - switches, tp + fn), "MOTP": over(total, tp), "MODA": over(tp - fp, tp + fn),
                  "Recall": over(tp, tp + fn), "Precision": over(tp, tp + fp), "TP": tp, "FN": fn, "FP": fp,
                  "IDSW": switches, "Frag": fragments, "MT": mt, "PT": pt, "ML": ml},
        "identity": {"IDF1": over(2 * idtp, 2 * idtp + idfp + idfn), "IDP": over(idtp, idtp + idfp),
                     "IDR": over(idtp, idtp + idfn), "IDTP": idtp, "IDFN": idfn, "IDFP": idfp},
    }


def cameras(folder):
    """What `glasseye score --cameras` prints."""
    paths = sorted(folder.glob("cam*"), key=lambda path: int(path.name[3:]))
    alone = [Sequence.of(path / "gt.txt", path / "tracker.txt") for path in paths]
    step = max(one.frames for one in alone)
    truth, tracks = {}, {}
    for place, one in enumerate(alone):
        truth.update({frame + place * step: rows for frame, rows in one.truth.items()})
        tracks.update({frame + place * step: rows for frame, rows in one.tracks.items()})
    joined = Sequence(truth, tracks, step * len(alone))
    per_camera = {}
    for path, one in zip(paths, alone):
        values = score([one])
        per_camera[path.name] = {"hota_mean": values["hota"]["mean"], "clear": values["clear"],
                                 "identity": values["identity"]}
    return {"cameras": len(alone), "frames_per_camera": step, "joined": {**joined.counts(), **score([joined])},
            "per_camera": per_camera}


def threshold(scores, target):
    return sorted(scores, reverse=True)[math.floor(len(scores) * target + 1e-9)]


def open_set(path):
    """What `glasseye score --open-set` prints."""
    mated, strangers, gallery = [], [], set()
    for line in open(path).read().split("\n")[1:]:
        if not line:
            continue
        _, is_mated, mate, candidates = line.split(",")
        answer = [(name, float(value)) for name, value in (text.rsplit(":", 1) for text in candidates.split())]
        gallery |= {name for name, _ in answer} | ({mate} if mate else set())
        (mated if is_mated == "1" else strangers).append((mate, answer))
    best = [max((value for _, value in answer), default=-math.inf) for _, answer in strangers]

    def point(t):
        return {"threshold": t, "fpir": sum(any(v > t for _, v in answer) for _, answer in strangers) / len(strangers),
                "fnir_rank1": sum(not (answer and answer[0][0] == mate and answer[0][1] > t)
                                  for mate, answer in mated) / len(mated),
                "fnir_any": sum(not any(name == mate and v > t for name, v in answer)
                                for mate, answer in mated) / len(mated)}

    curve = [point(t) for t in sorted(set(best)) if t > -math.inf]
    return {
        "gallery": len(gallery), "mated_probes": len(mated), "nonmated_probes": len(strangers),
        "empty_mated": sum(not answer for _, answer in mated), "empty_nonmated": sum(not a for _, a in strangers),
        "rank": {str(k): sum(mate in [name for name, _ in answer[:k]] for mate, answer in mated) / len(mated)
                 for k in (1, 5, 10, 20)},
        "at_fpir": [{"target": target, **point(threshold(best, target))} for target in TARGETS],
        "at_threshold": [point(t) for t in THRESHOLDS],
        "det": {key: [p[key] for p in curve] for key in ("threshold", "fpir", "fnir_any")},
    }


def comparisons(path):
    """What `glasseye score --comparisons` prints under `verification`."""
    rows = [line.split(",") for line in open(path).read().split("\n")[1:] if line]
    genuine = [float(value) for kind, value in rows if kind == "1"]
    impostor = [float(value) for kind, value in rows if kind == "0"]

    def point(t):
        return {"threshold": t, "fmr": sum(v > t for v in impostor) / len(impostor),
                "fnmr": sum(v <= t for v in genuine) / len(genuine)}

    return {"genuine": len(genuine), "impostor": len(impostor),
            "at_fmr": [{"target": target, **point(threshold(impostor, target))} for target in TARGETS],
            "at_threshold": [point(t) for t in THRESHOLDS]}
