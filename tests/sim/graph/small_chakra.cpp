#include "tests/sim/graph/small_chakra.hpp"

#include <google/protobuf/io/coded_stream.h>
#include <google/protobuf/io/zero_copy_stream_impl_lite.h>

namespace chokepoint {
namespace {

void append(const google::protobuf::Message& message, std::string& bytes) {
  google::protobuf::io::StringOutputStream out(&bytes);
  google::protobuf::io::CodedOutputStream coded(&out);
  coded.WriteVarint32(static_cast<std::uint32_t>(message.ByteSizeLong()));
  message.SerializeToCodedStream(&coded);
}

}  // namespace

std::string chakra_bytes(const std::string& schema, const std::vector<chakra::Node>& nodes) {
  std::string bytes;
  chakra::GlobalMetadata metadata;
  metadata.set_version("0.0.4");
  auto* attribute = metadata.add_attr();
  attribute->set_name("schema");
  attribute->set_string_val(schema);
  append(metadata, bytes);
  for (const auto& node : nodes) append(node, bytes);
  return bytes;
}

void add_attribute(chakra::Node& node, const std::string& name, std::int64_t value) {
  auto* attribute = node.add_attr();
  attribute->set_name(name);
  attribute->set_int64_val(value);
}

chakra::Node compute_node(std::uint64_t id, std::int64_t operations, std::uint64_t size,
                          std::vector<std::uint64_t> after) {
  chakra::Node node;
  node.set_id(id);
  node.set_name("product " + std::to_string(id));
  node.set_type(chakra::COMP_NODE);
  add_attribute(node, "num_ops", operations);
  auto* attribute = node.add_attr();
  attribute->set_name("tensor_size");
  attribute->set_uint64_val(size);
  for (const auto before : after) node.add_data_deps(before);
  return node;
}

chakra::Node collective_node(std::uint64_t id, chakra::CollectiveCommType type, std::int64_t bytes,
                             std::vector<std::uint64_t> after, const std::string& group) {
  chakra::Node node;
  node.set_id(id);
  node.set_name("exchange " + std::to_string(id));
  node.set_type(chakra::COMM_COLL_NODE);
  add_attribute(node, "comm_type", type);
  add_attribute(node, "comm_size", bytes);
  if (!group.empty()) {
    auto* attribute = node.add_attr();
    attribute->set_name("pg_name");
    attribute->set_string_val(group);
  }
  for (const auto before : after) node.add_ctrl_deps(before);
  return node;
}

}  // namespace chokepoint
