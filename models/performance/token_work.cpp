#include "models/performance/token_work.hpp"

#include "models/performance/numeric_format.hpp"

namespace chokepoint {
namespace {

const double kBytes = bytes_per_value(NumericFormat::Fp16);
constexpr double kOperationsPerValue = 4;  // Such as square, add, multiply, scale in a norm.
// Norms, residuals, rotary embedding, activation and casts of one layer.
constexpr double kVectorKernels = 10;
// Tokens are put in the order of their experts; activations; what experts give is summed.
constexpr double kVectorKernelsOfExperts = 4;

}  // namespace

OperatorWork head(const Transformer& model, double sequences, double shards) {
  const double here = model.vocabulary * model.hidden / shards;
  OperatorWork work;
  work.kernel = Kernel::DenseGemm;
  work.matrix = Flops{2 * sequences * here};
  work.traffic = Bytes{here * kBytes};
  work.rows = sequences;
  work.shape = {1, model.vocabulary / shards, model.hidden};
  work.weights = here;
  return work;
}

OperatorWork embedding(const Transformer& model, double tokens) {
  OperatorWork work;
  work.kernel = Kernel::Gather;
  work.traffic = Bytes{2 * tokens * model.hidden * kBytes};
  work.rows = tokens;
  work.weights = tokens * model.hidden;
  return work;
}

OperatorWork mtp_join(const Transformer& model, double tokens, double shards,
                      double bytes_per_weight) {
  const double weights = 2 * model.hidden * model.hidden;
  OperatorWork work;
  work.kernel = Kernel::DenseGemm;
  work.matrix = Flops{2 * tokens * weights};
  work.repeated = work.matrix * (1 - 1 / shards);
  work.traffic = Bytes{weights * bytes_per_weight};
  work.rows = tokens;
  work.shape = {1, model.hidden, 2 * model.hidden};
  work.weights = weights;
  return work;
}

OperatorWork vector_work(const Transformer& model, double tokens, double passes) {
  OperatorWork work;
  work.kernel = Kernel::Vector;
  work.vector = Flops{tokens * model.hidden * passes * kOperationsPerValue};
  work.traffic = Bytes{tokens * model.hidden * passes * kBytes};
  work.rows = tokens;
  work.launches = kVectorKernels;
  return work;
}

OperatorWork expert_vector_work(const Transformer& model, double visits, double inner) {
  const double halves = model.gated_mlp ? 2.0 : 1.0;
  const double values = visits * (3 * model.hidden + (halves + 1) * inner);
  OperatorWork work;
  work.kernel = Kernel::Vector;
  work.vector = Flops{values * kOperationsPerValue};
  work.traffic = Bytes{values * kBytes};
  work.rows = visits;
  work.launches = kVectorKernelsOfExperts;
  return work;
}

}  // namespace chokepoint
