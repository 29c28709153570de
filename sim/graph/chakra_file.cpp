#include "sim/graph/chakra_file.hpp"

#include <google/protobuf/io/coded_stream.h>
#include <google/protobuf/io/zero_copy_stream_impl_lite.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <unordered_map>
#include <utility>

#include "chakra/et_def.pb.h"

namespace chokepoint {
namespace {

namespace io = google::protobuf::io;

constexpr std::size_t kMostBytes = 1U << 30U;
constexpr const char* kValuesCounter = "symbolic_tensor_network";
constexpr double kBytesOfValue = 2;  // 16 bits, as training has it.

using Attributes = std::map<std::string_view, const chakra::AttributeProto*>;

std::optional<double> number_of(const chakra::AttributeProto& one) {
  switch (one.value_case()) {
    case chakra::AttributeProto::kDoubleVal:
      return one.double_val();
    case chakra::AttributeProto::kFloatVal:
      return one.float_val();
    case chakra::AttributeProto::kInt32Val:
      return one.int32_val();
    case chakra::AttributeProto::kInt64Val:
      return static_cast<double>(one.int64_val());
    case chakra::AttributeProto::kUint32Val:
      return one.uint32_val();
    case chakra::AttributeProto::kUint64Val:
      return static_cast<double>(one.uint64_val());
    case chakra::AttributeProto::kSint32Val:
      return one.sint32_val();
    case chakra::AttributeProto::kSint64Val:
      return static_cast<double>(one.sint64_val());
    case chakra::AttributeProto::kFixed32Val:
      return one.fixed32_val();
    case chakra::AttributeProto::kFixed64Val:
      return static_cast<double>(one.fixed64_val());
    case chakra::AttributeProto::kSfixed32Val:
      return one.sfixed32_val();
    case chakra::AttributeProto::kSfixed64Val:
      return static_cast<double>(one.sfixed64_val());
    case chakra::AttributeProto::kBoolVal:
      return one.bool_val() ? 1 : 0;
    default:
      return std::nullopt;
  }
}

OperatorKind kind_of(const chakra::Node& node, bool is_host, bool is_sized) {
  switch (node.type()) {
    case chakra::MEM_LOAD_NODE:
    case chakra::MEM_STORE_NODE:
      return is_host ? OperatorKind::Host : OperatorKind::Memory;
    case chakra::COMP_NODE:
      return is_host ? OperatorKind::Host : OperatorKind::Compute;
    case chakra::COMM_SEND_NODE:
      return OperatorKind::Send;
    case chakra::COMM_RECV_NODE:
      return OperatorKind::Receive;
    // PyTorch has the call on the host beside the kernel on the device: only that has a size.
    case chakra::COMM_COLL_NODE:
      return is_host && !is_sized ? OperatorKind::Host : OperatorKind::Collective;
    default:
      return OperatorKind::None;
  }
}

ExchangeKind collective_of(int type) {
  switch (type) {
    case chakra::REDUCE:
      return ExchangeKind::Reduce;
    case chakra::ALL_GATHER:
      return ExchangeKind::AllGather;
    case chakra::GATHER:
      return ExchangeKind::Gather;
    case chakra::SCATTER:
      return ExchangeKind::Scatter;
    case chakra::BROADCAST:
      return ExchangeKind::Broadcast;
    case chakra::ALL_TO_ALL:
      return ExchangeKind::AllToAll;
    case chakra::REDUCE_SCATTER:
    case chakra::REDUCE_SCATTER_BLOCK:
      return ExchangeKind::ReduceScatter;
    case chakra::BARRIER:
      return ExchangeKind::Barrier;
    default:
      return ExchangeKind::AllReduce;
  }
}

// Reads the file's messages one by one and keeps what a graph needs of them.
class ChakraReader {
public:
  ChakraReader(std::string_view bytes, std::string file, int rank, const ChakraUnits& units,
               Diagnostics& found)
      : bytes_(bytes), file_(std::move(file)), units_(units), found_(found) {
    read_.graph.rank = rank;
  }

  std::optional<ChakraRank> read() {
    if (!read_messages()) return std::nullopt;
    resolve();
    if (!found_.has_errors()) check_circles();
    if (found_.has_errors()) return std::nullopt;
    return std::move(read_);
  }

private:
  struct Waits {
    int message = 0;
    std::vector<std::uint64_t> control, data;
  };

  void complain(const std::string& message, const std::string& help = "") {
    found_.error({file_, message_, 0}, message, help);
  }

  bool read_messages() {
    io::ArrayInputStream array(bytes_.data(), static_cast<int>(bytes_.size()));
    io::CodedInputStream stream(&array);
    while (static_cast<std::size_t>(stream.CurrentPosition()) < bytes_.size()) {
      ++message_;
      std::uint32_t size = 0;
      const int at = stream.CurrentPosition();
      if (!stream.ReadVarint32(&size) ||
          size > bytes_.size() - static_cast<std::size_t>(stream.CurrentPosition())) {
        complain("message " + std::to_string(message_) + ", at byte " + std::to_string(at) +
                     ", is cut off, or this is no Chakra execution trace",
                 kWhatItIs);
        return false;
      }
      const auto limit = stream.PushLimit(static_cast<int>(size));
      if (!read_message(stream)) {
        complain("message " + std::to_string(message_) + ", at byte " + std::to_string(at) +
                     ", cannot be read",
                 kWhatItIs);
        return false;
      }
      stream.PopLimit(limit);
      if (found_.is_full()) return false;
    }
    if (read_.graph.operators.empty()) complain("the trace has no node", kWhatItIs);
    return !read_.graph.operators.empty();
  }

  bool read_message(io::CodedInputStream& stream) {
    if (message_ == 1) {
      chakra::GlobalMetadata metadata;
      if (!metadata.ParseFromCodedStream(&stream) || !stream.ConsumedEntireMessage()) return false;
      understand(metadata);
      return true;
    }
    chakra::Node node;
    if (!node.ParseFromCodedStream(&stream) || !stream.ConsumedEntireMessage()) return false;
    add(node);
    return true;
  }

  void understand(const chakra::GlobalMetadata& metadata) {
    read_.schema = metadata.version();
    for (const auto& one : metadata.attr()) {
      if (one.name() == "schema") read_.schema = one.string_val();
    }
    const bool counts_values = read_.schema == kValuesCounter;
    read_.counts_multiply_adds = units_.multiply_adds.value_or(counts_values);
    read_.bytes_per_unit = units_.bytes_per_unit.value_or(counts_values ? kBytesOfValue : 1);
  }

  // A size or a count; 0 where there is none.
  double amount(const Attributes& attributes, std::string_view name) {
    const auto found = attributes.find(name);
    if (found == attributes.end()) return 0;
    const auto value = number_of(*found->second);
    if (value && std::isfinite(*value) && *value >= 0) return *value;
    complain(std::string(name) + " of node " + std::to_string(id_) +
             (value ? " is not a number from 0 on" : " is no number"));
    return 0;
  }

  std::uint64_t whole(const Attributes& attributes, std::string_view name) {
    const double value = amount(attributes, name);
    constexpr double kMost = 9e18;
    if (value <= kMost) return static_cast<std::uint64_t>(value);
    complain(std::string(name) + " of node " + std::to_string(id_) + " is too large");
    return 0;
  }

  int rank_of(const Attributes& attributes, std::string_view name) {
    const std::uint64_t value = whole(attributes, name);
    if (value <= std::numeric_limits<std::int32_t>::max()) return static_cast<int>(value);
    complain(std::string(name) + " of node " + std::to_string(id_) + " is no rank");
    return 0;
  }

  // What goes into an operator, as names and sizes in turn.
  double inputs_of(const Attributes& attributes) const {
    const auto found = attributes.find("inputs");
    if (found == attributes.end() || !found->second->has_string_list()) return 0;
    const auto& values = found->second->string_list().values();
    double sum = 0;
    for (int i = 1; i < values.size(); i += 2) {
      char* end = nullptr;
      const double size = std::strtod(values[i].c_str(), &end);
      if (end != values[i].c_str() && std::isfinite(size) && size > 0) sum += size;
    }
    return sum;
  }

  void add(const chakra::Node& node) {
    Attributes attributes;
    for (const auto& one : node.attr()) attributes[one.name()] = &one;
    Operator made;
    id_ = made.id = node.id();
    made.name = node.name();
    const bool is_sized = attributes.count("comm_size") > 0;
    made.kind = kind_of(node, whole(attributes, "is_cpu_op") != 0, is_sized);
    if (node.duration_micros() > 0) {
      made.recorded = Seconds{static_cast<double>(node.duration_micros()) * 1e-6};
    }
    made.thread = whole(attributes, "tid");
    const double unit = read_.bytes_per_unit;
    if (made.kind == OperatorKind::Compute || made.kind == OperatorKind::Memory) {
      const double per_operation = read_.counts_multiply_adds ? 2 : 1;
      made.operations = Flops{amount(attributes, "num_ops") * per_operation};
      const double share = amount(attributes, "rate_share");
      if (share > 0) made.rate_share = share;
      made.bytes = Bytes{(amount(attributes, "tensor_size") + inputs_of(attributes)) * unit};
      if (made.operations == Flops{} && made.bytes == Bytes{} && !made.recorded) {
        ++read_.without_time;
      }
    } else if (made.kind != OperatorKind::Host && made.kind != OperatorKind::None) {
      made.bytes = Bytes{amount(attributes, "comm_size") * unit};
      made.tag = whole(attributes, "comm_tag");
      if (made.kind == OperatorKind::Send) made.peer = rank_of(attributes, "comm_dst");
      if (made.kind == OperatorKind::Receive) made.peer = rank_of(attributes, "comm_src");
      made.collective = collective_of(rank_of(attributes, "comm_type"));
      const auto group = attributes.find("pg_name");
      if (group != attributes.end()) made.group = group->second->string_val();
    }
    if (!place_of_.emplace(made.id, static_cast<std::uint32_t>(read_.graph.operators.size()))
             .second) {
      complain("node " + std::to_string(made.id) + " is there twice");
    }
    waits_.push_back({message_,
                      {node.ctrl_deps().begin(), node.ctrl_deps().end()},
                      {node.data_deps().begin(), node.data_deps().end()}});
    read_.graph.operators.push_back(std::move(made));
  }

  void resolve() {
    for (std::size_t i = 0; i < waits_.size(); ++i) {
      Operator& one = read_.graph.operators[i];
      for (const std::uint64_t id : waits_[i].control) {
        // PyTorch's threads and steps are parents of nodes, and not in the file themselves.
        if (!add_wait(one, id)) ++read_.unknown_parents;
      }
      for (const std::uint64_t id : waits_[i].data) {
        if (add_wait(one, id)) continue;
        message_ = waits_[i].message;
        complain("node " + std::to_string(one.id) + " waits for node " + std::to_string(id) +
                 ", which is not there");
      }
      std::sort(one.after.begin(), one.after.end());
      one.after.erase(std::unique(one.after.begin(), one.after.end()), one.after.end());
    }
  }

  bool add_wait(Operator& one, std::uint64_t id) const {
    const auto place = place_of_.find(id);
    if (place == place_of_.end()) return false;
    one.after.push_back(place->second);
    return true;
  }

  void check_circles() {
    const auto circle = waiting_circle(read_.graph);
    if (circle.empty()) return;
    message_ = waits_[circle.front()].message;
    const auto& operators = read_.graph.operators;
    complain(
        "nodes wait for each other: " + std::to_string(operators[circle.front()].id) +
        (circle.size() > 1 ? " and " + std::to_string(operators[circle[1]].id) : " for itself"));
  }

  static constexpr const char* kWhatItIs =
      "a file of MLCommons' Chakra: binary, one per rank, not compressed";

  std::string_view bytes_;
  std::string file_;
  const ChakraUnits& units_;
  Diagnostics& found_;
  ChakraRank read_;
  std::vector<Waits> waits_;
  std::unordered_map<std::uint64_t, std::uint32_t> place_of_;
  int message_ = 0;
  std::uint64_t id_ = 0;
};

}  // namespace

std::optional<int> rank_in_name(const std::string& file) {
  const std::string ending = ".et";
  if (file.size() <= ending.size() || file.substr(file.size() - ending.size()) != ending) {
    return std::nullopt;
  }
  const std::size_t end = file.size() - ending.size();
  std::size_t begin = end;
  while (begin > 0 && file[begin - 1] >= '0' && file[begin - 1] <= '9') --begin;
  constexpr std::size_t kMostDigits = 7;
  if (begin == end || end - begin > kMostDigits) return std::nullopt;
  return std::stoi(file.substr(begin, end - begin));
}

std::optional<ChakraRank> read_chakra(std::string_view bytes, const std::string& file, int rank,
                                      const ChakraUnits& units, Diagnostics& found) {
  if (bytes.size() > kMostBytes) {
    found.error({file, 0, 0}, "is larger than 1 GiB, which one rank's step is not");
    return std::nullopt;
  }
  Diagnostics here;
  auto read = ChakraReader(bytes, file, rank, units, here).read();
  for (const Diagnostic& one : here.items()) found.add(one);
  return read;
}

}  // namespace chokepoint
