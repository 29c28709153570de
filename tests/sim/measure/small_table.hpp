#pragma once

#include <string>

#include "sim/measure/experiment_case.hpp"
#include "tests/models/catalog_excerpt.hpp"

namespace chokepoint {

inline const std::string kMeasuredColumns =
    "id,chip_id,model_id,usable,precision,framework,tp,pp,ep,mode,isl,osl,concurrency_or_batch,"
    "metric,unit,value,source,engine_devices,attention_dp,speculation\n";

/// The devices and models of the catalogue excerpt, by the names that the table uses.
struct SmallCatalog {
  SmallCatalog() {
    devices[0].peaks.fp4.reset();
    devices[2].name = "b200";
    devices[2].peaks.fp4 = FlopsPerSecond{9e15};
    devices[2].memory = 180_GiB;
    transformers[2].name = "mixed";
    transformers[2].expert_format = Transformer::ExpertFormat::Mxfp4;
    transformers[2].attention = Transformer::Attention::Gqa;
  }
  MeasuredCatalog view() const { return {devices, transformers}; }

  std::vector<DeviceSpec> devices = {h100(), h20(), h100()};
  std::vector<Transformer> transformers = {llama_70b(), deepseek_v3(), deepseek_v3()};
};

inline const SmallCatalog kCatalog;

}  // namespace chokepoint
