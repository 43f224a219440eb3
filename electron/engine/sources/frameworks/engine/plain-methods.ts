/**
 * Methods of texts, collections and results of C#, Java, Go and Rust whose names nothing with an effect shares. From
 * knowledge of the base libraries: nothing is concluded from them but silence.
 */
const methods = new Set(
  `ToString ToList ToArray ToDictionary Select Where FirstOrDefault First Any All Count OrderBy OrderByDescending GroupBy Join
  Trim Split Replace Substring Contains StartsWith EndsWith ToLower ToUpper Equals GetHashCode Add AddRange TryGetValue ContainsKey
  ReadAsStringAsync ReadToEnd ReadToEndAsync EnsureSuccessStatusCode Serialize Deserialize GetProperty GetString EnumerateArray
  LogInformation LogWarning LogError LogDebug LogTrace AppendLine Dispose DisposeAsync WaitForExit WaitForExitAsync ConfigureAwait
  AddDays ToUniversalTime ThrowIfNull ThrowIfNullOrEmpty GetInt32 ReadFromJsonAsync ToLowerInvariant Aggregate Max Min Sum
  toString equals hashCode length size isEmpty isBlank trim strip substring contains startsWith endsWith toLowerCase toUpperCase
  equalsIgnoreCase matches replaceAll charAt stream map filter collect toList forEach sorted limit findFirst orElse orElseThrow
  orElseGet isPresent ifPresent getOrDefault containsKey put putAll addAll putIfAbsent keySet entrySet values getKey getValue iterator
  hasNext valueOf parseInt parseDouble formatted statusCode body getMessage printStackTrace info warn error debug trace asText asInt
  readTree path has getBytes lines joining append
  Error Errorf Println Printf Sprintf Fprintf Fatal Fatalf Close Len String Unmarshal Marshal Errorw Bytes Lock Unlock RLock RUnlock
  Done Wait WriteString Err Format Unix Background
  unwrap unwrap_or unwrap_or_default unwrap_or_else expect ok ok_or ok_or_else map_err and_then into from clone to_string to_owned
  as_str as_ref as_deref iter into_iter enumerate cloned copied push push_str len is_empty is_some is_none lock await context
  with_context to_lowercase to_uppercase split_whitespace parse trim_end collect_vec from_utf8_lossy bytes chars unwrap_err status
  is_success error_for_status text json from_str to_vec to_value as_bytes downcast default new`.split(/\s+/),
);

export const isPlainTyped = (method: string): boolean => methods.has(method);
