#pragma once

#include <cstddef>
#include <string>

#include "models/world.hpp"

namespace chokepoint {

/// How far predictions by the engines of the catalogue are from the measured rows of two tables:
/// those that coefficients were fitted to, and those of vLLM-Ascend, which no fit has seen. Errors
/// by engine, device, family and model; what was left out when models and devices were left out of
/// the fit; the `worst` predictions of each metric.
std::string serving_validation_text(const std::string& fitted_rows, const std::string& ascend_rows,
                                    const World& world, std::size_t worst);

/// Every measured value of both tables beside its prediction, as CSV.
std::string serving_validation_csv(const std::string& fitted_rows, const std::string& ascend_rows,
                                   const World& world);

}  // namespace chokepoint
