#pragma once

#include <google/protobuf/descriptor.h>
#include <google/protobuf/message.h>

#include <string>
#include <vector>

#include "sim/scenario/text/diagnostics.hpp"
#include "sim/scenario/text/origins.hpp"

namespace chokepoint {

/// Where a value was written and, for a message, where everything inside it was. Has the shape of
/// the message: the i-th place of a repeated field belongs to its i-th element.
struct Places {
  SourceLocation where;
  const google::protobuf::FieldDescriptor* field =
      nullptr;              ///< Whose value; null for a whole file.
  bool empty_list = false;  ///< Stands for a list that was written without elements: "stocks: []".
  std::vector<Places> inside;
};

/// Place of element `i` of `field`, or of its only value; null where it is not written.
Places* find_place(Places& message, const google::protobuf::FieldDescriptor& field, int i = 0);

/// Place of element `i` of `field`. Where nobody said where those up to it were written, it is
/// `where`.
Places& element_place(Places& message, const google::protobuf::FieldDescriptor& field, int i,
                      const SourceLocation& where);

/// Forgets every place of `field`.
void forget(Places& message, const google::protobuf::FieldDescriptor& field);

/// Forgets element `i` of `field`; those behind it move up.
void forget_element(Places& message, const google::protobuf::FieldDescriptor& field, int i);

/// Place of the value that `field` gets at `where`: the one there is, or a new one. What was known
/// of its inside is forgotten.
Places& overwrite(Places& message, const google::protobuf::FieldDescriptor& field,
                  const SourceLocation& where);

/// The places of everything in `message` by path. `top` is that of the message itself.
Origins origins_of(const google::protobuf::Message& message, const Places& places,
                   const SourceLocation& top);

}  // namespace chokepoint
