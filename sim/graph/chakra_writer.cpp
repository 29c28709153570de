#include "sim/graph/chakra_writer.hpp"

#include <google/protobuf/io/coded_stream.h>
#include <google/protobuf/io/zero_copy_stream_impl_lite.h>

#include <cmath>

#include "chakra/et_def.pb.h"

namespace chokepoint {
namespace {

void append_message(const google::protobuf::Message& message, std::string& bytes) {
  google::protobuf::io::StringOutputStream out(&bytes);
  google::protobuf::io::CodedOutputStream coded(&out);
  coded.WriteVarint32(static_cast<std::uint32_t>(message.ByteSizeLong()));
  message.SerializeToCodedStream(&coded);
}

chakra::AttributeProto& attribute(chakra::Node& node, const char* name) {
  auto& one = *node.add_attr();
  one.set_name(name);
  return one;
}

void set_whole(chakra::Node& node, const char* name, double value) {
  attribute(node, name).set_int64_val(std::llround(value));
}

chakra::NodeType type_of(OperatorKind kind) {
  switch (kind) {
    case OperatorKind::Compute:
    case OperatorKind::Host:
      return chakra::COMP_NODE;
    case OperatorKind::Memory:
      return chakra::MEM_LOAD_NODE;
    case OperatorKind::Collective:
      return chakra::COMM_COLL_NODE;
    case OperatorKind::Send:
      return chakra::COMM_SEND_NODE;
    case OperatorKind::Receive:
      return chakra::COMM_RECV_NODE;
    case OperatorKind::None:
      break;
  }
  return chakra::METADATA_NODE;
}

chakra::CollectiveCommType type_of(ExchangeKind kind) {
  switch (kind) {
    case ExchangeKind::AllReduce:
      return chakra::ALL_REDUCE;
    case ExchangeKind::Reduce:
      return chakra::REDUCE;
    case ExchangeKind::AllGather:
      return chakra::ALL_GATHER;
    case ExchangeKind::Gather:
      return chakra::GATHER;
    case ExchangeKind::Scatter:
      return chakra::SCATTER;
    case ExchangeKind::Broadcast:
      return chakra::BROADCAST;
    case ExchangeKind::AllToAll:
      return chakra::ALL_TO_ALL;
    case ExchangeKind::ReduceScatter:
      return chakra::REDUCE_SCATTER;
    case ExchangeKind::Barrier:
      break;
  }
  return chakra::BARRIER;
}

void set_work(const Operator& one, chakra::Node& node) {
  set_whole(node, "num_ops", one.operations.value);
  set_whole(node, "tensor_size", one.bytes.value);
  if (one.rate_share != 1) attribute(node, "rate_share").set_double_val(one.rate_share);
}

void set_exchange(const Operator& one, int rank, chakra::Node& node) {
  set_whole(node, "comm_size", one.bytes.value);
  if (one.kind == OperatorKind::Collective) {
    set_whole(node, "comm_type", type_of(one.collective));
    if (!one.group.empty()) attribute(node, "pg_name").set_string_val(one.group);
    return;
  }
  const bool sends = one.kind == OperatorKind::Send;
  set_whole(node, "comm_src", sends ? rank : one.peer);
  set_whole(node, "comm_dst", sends ? one.peer : rank);
  attribute(node, "comm_tag").set_uint64_val(one.tag);
}

chakra::Node node_of(const OperatorGraph& graph, const Operator& one) {
  constexpr double kMicro = 1e6;
  chakra::Node node;
  node.set_id(one.id);
  node.set_name(one.name);
  node.set_type(type_of(one.kind));
  for (const std::uint32_t before : one.after) node.add_ctrl_deps(graph.operators[before].id);
  if (one.recorded) {
    node.set_duration_micros(
        static_cast<std::uint64_t>(std::llround(one.recorded->value * kMicro)));
  }
  if (one.kind == OperatorKind::None) return node;
  attribute(node, "is_cpu_op").set_bool_val(one.kind == OperatorKind::Host);
  if (one.thread != 0) attribute(node, "tid").set_uint64_val(one.thread);
  if (one.kind == OperatorKind::Compute || one.kind == OperatorKind::Memory) set_work(one, node);
  if (one.kind == OperatorKind::Collective || one.kind == OperatorKind::Send ||
      one.kind == OperatorKind::Receive) {
    set_exchange(one, graph.rank, node);
  }
  return node;
}

std::string quoted(const std::string& text) {
  std::string quoted = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') quoted += '\\';
    quoted += c;
  }
  return quoted + '"';
}

}  // namespace

std::string chakra_bytes_of(const OperatorGraph& graph, const std::string& schema) {
  std::string bytes;
  chakra::GlobalMetadata metadata;
  metadata.set_version("0.0.4");
  auto& of_schema = *metadata.add_attr();
  of_schema.set_name("schema");
  of_schema.set_string_val(schema);
  append_message(metadata, bytes);
  for (const Operator& one : graph.operators) append_message(node_of(graph, one), bytes);
  return bytes;
}

std::string groups_json(const RankGroups& groups) {
  std::string text = "{";
  for (const auto& [name, ranks] : groups) {
    text += (text.size() > 1 ? ",\n " : "\n ") + quoted(name) + ": [";
    for (std::size_t i = 0; i < ranks.size(); ++i) {
      text += (i > 0 ? ", " : "") + std::to_string(ranks[i]);
    }
    text += "]";
  }
  return text + "\n}\n";
}

}  // namespace chokepoint
