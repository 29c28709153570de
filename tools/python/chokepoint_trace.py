"""Reads traces of chokepoint (`trace.pftrace`) with python3-protobuf alone.

No schema is compiled: a trace describes its own messages, in the packet `extension_descriptor`.

    import chokepoint_trace
    trace = chokepoint_trace.Trace("runs/h20_2025-1/trace.pftrace")
    trace.manifest.scenario.name
    for fact in trace.facts(["refused"]):
        print(fact.time, fact.values["device"], fact.values["units"])

Facts come one by one, in the order of time: memory does not go with the size of the file. A file that
was cut off is read to its last whole packet; `trace.truncated` says so once all facts were read.
"""

import collections
import datetime

from google.protobuf import descriptor_pb2, descriptor_pool, message_factory

# Field numbers of Perfetto's: Trace.packet, TracePacket.extension_descriptor and its one field.
_PACKET, _EXTENSION_DESCRIPTOR, _EXTENSION_SET = 1, 72, 1

# One fact: its kind, such as "refused"; when it happened, in UTC and in nanoseconds since the trace's
# epoch; its fields by name (enumerations by their words, what is not set left out); and the uuid of
# the track that it is drawn on.
Fact = collections.namedtuple("Fact", "kind time time_ns values track")


class NotATrace(ValueError):
    """The file holds something else, or what it holds was damaged."""


def _varint(read):
    """The next varint of `read(1)`; None where the file ends first."""
    value, shift = 0, 0
    while True:
        byte = read(1)
        if not byte:
            return None
        value |= (byte[0] & 0x7F) << shift
        if byte[0] < 0x80:
            return value
        shift += 7
        if shift > 63:
            raise NotATrace("no packet begins here")


def _length_delimited(data):
    """(field number, bytes) of the length-delimited fields of a message."""
    at = 0

    def read(count):
        nonlocal at
        at += count
        return data[at - count:at]

    while at < len(data):
        tag = _varint(read)
        kind = (tag or 0) & 7
        if kind == 0:
            _varint(read)
        elif kind == 1:
            read(8)
        elif kind == 5:
            read(4)
        elif kind == 2:
            yield tag >> 3, read(_varint(read))
        else:
            raise NotATrace("a packet that cannot be understood")


class Trace:
    """A trace file. Its manifest is there at once; facts are read by facts()."""

    def __init__(self, path):
        self.path = path
        self.truncated = False
        self.manifest = None
        self._packet = None
        pool = self._described()
        self._packet = message_factory.MessageFactory(pool).GetPrototype(
            pool.FindMessageTypeByName("perfetto.protos.TracePacket"))
        # Extensions are known to a message's class once they are asked of the pool.
        self._manifest = pool.FindExtensionByName("chokepoint.trace.manifest")
        self._fact = pool.FindExtensionByName("chokepoint.trace.fact")
        message_factory.MessageFactory(pool).GetMessages([self._fact.file.name])
        for packet in self._packets():
            if packet.track_event.HasExtension(self._manifest):
                self.manifest = packet.track_event.Extensions[self._manifest]
                break
        if self.manifest is None:
            raise NotATrace(f"{path}: it has no manifest")
        epoch = self.manifest.epoch.rstrip("Z")
        self.epoch = datetime.datetime.fromisoformat(epoch).replace(tzinfo=datetime.timezone.utc)

    def _raw(self):
        """Bytes of packets, to the last whole one."""
        self.truncated = False
        with open(self.path, "rb") as file:
            while True:
                tag = file.read(1)
                if not tag:
                    return
                if tag[0] != (_PACKET << 3 | 2):
                    raise NotATrace(f"{self.path}: no packet begins at byte {file.tell() - 1}")
                size = _varint(file.read)
                data = file.read(size) if size is not None else b""
                if size is None or len(data) < size:
                    self.truncated = True
                    return
                yield data

    def _described(self):
        """A pool of the messages that the trace describes."""
        for data in self._raw():
            for number, value in _length_delimited(data):
                if number != _EXTENSION_DESCRIPTOR:
                    continue
                files = descriptor_pb2.FileDescriptorSet()
                for inner, described in _length_delimited(value):
                    if inner == _EXTENSION_SET:
                        files.MergeFromString(described)
                pool = descriptor_pool.DescriptorPool()
                for file in files.file:
                    pool.Add(file)
                return pool
        raise NotATrace(f"{self.path}: it does not describe its messages")

    def _packets(self):
        for data in self._raw():
            yield self._packet.FromString(data)

    def tracks(self):
        """Names of tracks by uuid, each with those above it: "market > order (buyer)"."""
        names = {}
        for packet in self._packets():
            if packet.HasField("track_descriptor"):
                track = packet.track_descriptor
                above = names.get(track.parent_uuid)
                names[track.uuid] = f"{above} > {track.name}" if above else track.name
        return names

    def facts(self, kinds=None):
        """Facts in the order of time; of `kinds` alone where they are given. Those of kinds that this
        trace does not describe are passed over."""
        wanted = None if kinds is None else set(kinds)
        has_end, manifests = False, 0
        for packet in self._packets():
            event = packet.track_event
            if event.HasExtension(self._manifest):
                manifests += 1
                if manifests > 1:  # What follows tells of another run.
                    break
            if not event.HasExtension(self._fact):
                continue
            fact = event.Extensions[self._fact]
            kind = fact.WhichOneof("fact")
            has_end = has_end or kind == "end"
            if kind is None or (wanted is not None and kind not in wanted):
                continue
            time = self.epoch + datetime.timedelta(microseconds=packet.timestamp // 1000)
            yield Fact(kind, time, packet.timestamp, _values(getattr(fact, kind)), event.track_uuid)
        self.truncated = self.truncated or not has_end

    def rows(self, kind):
        """Facts of one kind as dictionaries, "time" and "time_ns" first: what
        pandas.DataFrame() takes."""
        for fact in self.facts([kind]):
            yield {"time": fact.time, "time_ns": fact.time_ns, **fact.values}


def _values(message):
    """Fields by name: zeros and empty texts too, unless they may be unset and are."""
    values = {}
    for field in message.DESCRIPTOR.fields:
        if field.has_presence and not message.HasField(field.name):
            continue
        value = getattr(message, field.name)
        if field.enum_type is not None:
            known = field.enum_type.values_by_number.get(value)
            value = known.name if known is not None else value
        values[field.name] = value
    return values
