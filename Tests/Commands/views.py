"""A PTZ camera as its client sees it, and where its pictures look by geometry of our own: nothing here is the emulator's."""

import subprocess
import time

import httpx
import numpy

PATIENCE = 60
NAMESPACES = (
    'xmlns:s="http://www.w3.org/2003/05/soap-envelope" xmlns:p="http://www.onvif.org/ver20/ptz/wsdl" '
    'xmlns:m="http://www.onvif.org/ver20/media/wsdl" xmlns:t="http://www.onvif.org/ver10/schema"')
DEGREES = "http://www.onvif.org/ver10/tptz/PanTiltSpaces/SphericalPositionSpaceDegrees"


class Head:
    """The head of a camera that is served."""

    def __init__(self, device, zooms):
        self.url = device["deviceService"]
        self.streams = device["streams"]
        self.snapshots = device["snapshots"]
        self.zooms = zooms
        self.client = httpx.Client(auth=httpx.DigestAuth("admin", "secret"), timeout=PATIENCE)

    def call(self, body):
        envelope = f"<s:Envelope {NAMESPACES}><s:Body>{body}</s:Body></s:Envelope>"
        answer = self.client.post(self.url, content=envelope, headers={"Content-Type": "application/soap+xml"})
        assert answer.status_code == 200, answer.text
        return answer.text

    def look(self, pan, tilt, zoom=1.0):
        """Moves there and waits until the head says that it rests."""
        least, most = self.zooms
        self.call(
            f'<p:AbsoluteMove><p:ProfileToken>MainStream</p:ProfileToken><p:Position><t:PanTilt x="{pan}" y="{tilt}" '
            f'space="{DEGREES}"/><t:Zoom x="{(zoom - least) / (most - least):.9f}"/></p:Position></p:AbsoluteMove>')
        end = time.monotonic() + PATIENCE
        while "MOVING" in self.status():
            assert time.monotonic() < end, "the head never rests"

    def status(self):
        return self.call("<p:GetStatus><p:ProfileToken>MainStream</p:ProfileToken></p:GetStatus>")

    def frame(self, stream=0, size=(320, 180)):
        """The next picture of the stream, its luma."""
        url = self.streams[stream].replace("rtsp://", "rtsp://admin:secret@")
        done = subprocess.run(
            ["ffmpeg", "-v", "error", "-rtsp_transport", "tcp", "-fflags", "nobuffer", "-i", url, "-map", "0:v",
             "-frames:v", "1", "-f", "rawvideo", "-pix_fmt", "yuv420p", "-"],
            capture_output=True, timeout=PATIENCE, check=True)
        return luma(done.stdout, size)

    def snapshot(self, stream=0, size=(320, 180)):
        answer = self.client.get(self.snapshots[stream])
        assert answer.status_code == 200
        done = subprocess.run(
            ["ffmpeg", "-v", "error", "-f", "mjpeg", "-i", "-", "-vf", "scale=out_range=tv,format=yuv420p", "-f",
             "rawvideo", "-"], input=answer.content, capture_output=True, timeout=PATIENCE, check=True)
        return luma(done.stdout, size)


def luma(planes, size):
    width, height = size
    return numpy.frombuffer(planes[:width * height], numpy.uint8).reshape(height, width).astype(float)


def axes(pan, tilt):
    """Right, down and ahead of a camera: x east, y up, z north."""
    pan, tilt = numpy.radians([pan, tilt])
    ahead = numpy.array([numpy.sin(pan) * numpy.cos(tilt), numpy.sin(tilt), numpy.cos(pan) * numpy.cos(tilt)])
    right = numpy.array([numpy.cos(pan), 0, -numpy.sin(pan)])
    return numpy.stack([right, numpy.cross(right, ahead), ahead])


def focal_length(width, field, zoom=1.0):
    return width / 2 / numpy.tan(numpy.radians(field) / 2) * zoom


def directions(pose, size, field):
    """The directions of all pixels of a picture, in the world."""
    pan, tilt, zoom = pose
    width, height = size
    focal = focal_length(width, field, zoom)
    x, y = numpy.meshgrid(numpy.arange(width) + 0.5 - width / 2, numpy.arange(height) + 0.5 - height / 2)
    local = numpy.stack([x / focal, y / focal, numpy.ones_like(x)], axis=-1)
    return local @ axes(pan, tilt)


def sample(image, x, y, wraps=False):
    """Bilinear, by coordinates of pixel centres."""
    height, width = image.shape
    left, top = numpy.floor(x).astype(int), numpy.floor(y).astype(int)
    part_x, part_y = x - left, y - top
    columns = [(left + step) % width if wraps else numpy.clip(left + step, 0, width - 1) for step in (0, 1)]
    rows = [numpy.clip(top + step, 0, height - 1) for step in (0, 1)]
    upper = image[rows[0], columns[0]] * (1 - part_x) + image[rows[0], columns[1]] * part_x
    lower = image[rows[1], columns[0]] * (1 - part_x) + image[rows[1], columns[1]] * part_x
    return upper * (1 - part_y) + lower * part_y


def unwarped(frame, pose, to_pose, field):
    """A frame as it would be seen at another pose, and where it has something there."""
    height, width = frame.shape
    local = directions(to_pose, (width, height), field) @ axes(pose[0], pose[1]).T
    focal = focal_length(width, field, pose[2])
    ahead = numpy.maximum(local[..., 2], 1e-9)
    x = local[..., 0] / ahead * focal + width / 2 - 0.5
    y = local[..., 1] / ahead * focal + height / 2 - 0.5
    known = (local[..., 2] > 0.05) & (x >= 0) & (y >= 0) & (x <= width - 1) & (y <= height - 1)
    return sample(frame, numpy.clip(x, 0, width - 1), numpy.clip(y, 0, height - 1)), known


def rectangle(known, block=8):
    """The largest rectangle of blocks that are known in whole: rows and columns."""
    rows, columns = known.shape[0] // block, known.shape[1] // block
    whole = known[:rows * block, :columns * block].reshape(rows, block, columns, block).all(axis=(1, 3))
    best, found = 0, None
    for top in range(rows):
        open_columns = numpy.ones(columns, bool)
        for bottom in range(top, rows):
            open_columns &= whole[bottom]
            start = None
            for column in range(columns + 1):
                if column < columns and open_columns[column]:
                    start = column if start is None else start
                elif start is not None:
                    area = (bottom - top + 1) * (column - start)
                    if area > best:
                        best, found = area, (top * block, (bottom + 1) * block, start * block, column * block)
                    start = None
    return found


def shift(one, other):
    """By how many pixels the other picture lies right of and below the one: phase correlation."""
    window = numpy.outer(numpy.hanning(one.shape[0]), numpy.hanning(one.shape[1]))
    spectra = [numpy.fft.fft2((image - image.mean()) * window) for image in (one, other)]
    cross = numpy.conj(spectra[0]) * spectra[1]
    # Where neither has anything to say there is noise alone.
    weight = numpy.abs(cross)
    phase = cross / numpy.maximum(weight, weight.max() * 1e-3)
    surface = numpy.real(numpy.fft.ifft2(phase))
    peak = numpy.unravel_index(numpy.argmax(surface), surface.shape)

    def along(axis):
        at = list(peak)
        values = []
        for step in (-1, 0, 1):
            at[axis] = (peak[axis] + step) % surface.shape[axis]
            values.append(surface[tuple(at)])
        bend = values[0] - 2 * values[1] + values[2]
        place = peak[axis] + (0.5 * (values[0] - values[2]) / bend if bend else 0)
        return place - surface.shape[axis] if place > surface.shape[axis] / 2 else place

    return along(1), along(0)


def disagreement(before, pose, after, to_pose, field):
    """Pixels by which the second picture is not where its pose says, seen from the first."""
    seen, known = unwarped(after, to_pose, pose, field)
    area = rectangle(known)
    assert area is not None, "the two views share nothing"
    top, bottom, left, right = area
    assert (bottom - top) * (right - left) > before.size / 12, "the two views share too little"
    return numpy.hypot(*shift(before[top:bottom, left:right], seen[top:bottom, left:right]))
