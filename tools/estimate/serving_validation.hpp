#pragma once

#include <cstddef>
#include <span>
#include <string>

#include "tools/estimate/serving_catalog.hpp"
#include "tools/print/table.hpp"

namespace chokepoint {

/// How far predictions by the engines of the catalogue are from the measured rows of `tables`, CSV
/// texts. Errors by engine, device, family and model, of domestic devices apart; then what is
/// graded apart: without the device and engine that most runs are of, with speculation unknown,
/// disaggregated; how far repeated runs are from each other; what was left out when models, devices
/// and stacks were left out of the fit; the `worst` predictions of each metric; reasons of rows
/// that are not graded, by their number, and of each that cannot be predicted.
std::string serving_validation_text(std::span<const std::string> tables,
                                    const ServingCatalog& world, std::size_t worst);

/// A predictions_table() of every measured value, with the reason of each that is not graded. Rows
/// that cannot be predicted have the reason and no prediction.
Table serving_validation_table(std::span<const std::string> tables, const ServingCatalog& world);

}  // namespace chokepoint
