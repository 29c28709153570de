#include "models/performance/serving_plan.hpp"

namespace chokepoint {
namespace {

constexpr BytesPerSecond kPcie = 32_GBps;
constexpr BytesPerSecond kNetworkCard{100e9 / 8};
constexpr int kNodeDevices = 8;

}  // namespace

Interconnect interconnect_of(const DeviceSpec& device) {
  Interconnect links;
  links.scaleup = device.io_bandwidth ? *device.io_bandwidth / 2.0 : kPcie;
  links.domain = device.scaleup_domain ? device.scaleup_domain->value : kNodeDevices;
  links.scaleout = device.scaleout ? device.scaleout->value : kNetworkCard;
  return links;
}

Interconnect interconnect_of(const DeviceSpec& device, const NodeSpec& node) {
  Interconnect links = interconnect_of(device);
  if (node.links.scaleup) links.scaleup = node.links.scaleup->value;
  if (node.links.domain) links.domain = node.links.domain->value;
  if (node.links.scaleout) links.scaleout = node.links.scaleout->value;
  return links;
}

std::string plan_complaint(const ServingPlan& plan, const Transformer& model) {
  if (plan.tensor < 1 || plan.attention_dp < 1 || plan.pipeline < 1) {
    return "a degree of parallelism is below 1";
  }
  if (plan.tensor > model.heads) {
    return "tensor parallelism of " + std::to_string(plan.tensor) + " divides " +
           std::to_string(static_cast<int>(model.heads)) + " heads";
  }
  if (static_cast<int>(model.heads) % plan.tensor != 0) {
    return std::to_string(static_cast<int>(model.heads)) +
           " heads do not divide by tensor parallelism of " + std::to_string(plan.tensor);
  }
  if (plan.pipeline > model.layers) {
    return std::to_string(plan.pipeline) + " pipeline stages divide " +
           std::to_string(static_cast<int>(model.layers)) + " layers";
  }
  if (plan.expert_parallel && model.experts <= 0) return "the model has no experts to spread";
  if (plan.expert_parallel && plan.stage_devices() > model.experts) {
    return std::to_string(plan.stage_devices()) + " devices share " +
           std::to_string(static_cast<int>(model.experts)) + " experts";
  }
  return {};
}

}  // namespace chokepoint
